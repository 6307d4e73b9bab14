/* Windows.UI.ViewManagement.UISettings for a Wine prefix: Wine 8 has none, and Qt 6.5 and later
 * ask for it when the `windows` platform starts. It answers with a light desktop in Windows' own
 * colours. It belongs into the prefix and never into a bundle; installer/windows/audit.py looks.
 *
 * The object has five interfaces, each a table of functions: six that every WinRT object has,
 * then its own, in the order of Windows.UI.ViewManagement.idl (Windows SDK 10.0.17763).
 */
#include <string.h>
#include <windows.h>

typedef const void *Table[];

static const GUID UNKNOWN = {0, 0, 0, {0xc0, 0, 0, 0, 0, 0, 0, 0x46}};
static const GUID FACTORY = {0x35, 0, 0, {0xc0, 0, 0, 0, 0, 0, 0, 0x46}};
static const GUID INSPECTABLE = {
    0xaf86e2e0, 0xb12d, 0x4c6a, {0x9c, 0x5a, 0xd7, 0xaa, 0x65, 0x10, 0x1e, 0x90}};
static const GUID AGILE = {
    0x94ea2b94, 0xe9cc, 0x49e0, {0xc0, 0xff, 0xee, 0x64, 0xca, 0x8f, 0x5b, 0x90}};
static const GUID SETTINGS[5] = {
    {0x85361600, 0x1c63, 0x4627, {0xbc, 0xb1, 0x3a, 0x89, 0xe0, 0xbc, 0x9c, 0x55}},
    {0xbad82401, 0x2721, 0x44f9, {0xbb, 0x91, 0x2b, 0xb2, 0x28, 0xbe, 0x44, 0x2f}},
    {0x03021be4, 0x5254, 0x4781, {0x81, 0x94, 0x51, 0x68, 0xf7, 0xd0, 0x6d, 0x7b}},
    {0x52bb3002, 0x919b, 0x4d6b, {0x9b, 0x78, 0x8d, 0xd6, 0x6f, 0xf4, 0xb9, 0x3b}},
    {0x5349d588, 0x0cb5, 0x5f05, {0xbd, 0x34, 0x70, 0x6b, 0x32, 0x31, 0xf0, 0xbd}},
};

/* An interface is a place in memory that holds the address of its table. */
static const void **interfaces[5];
static const void **factory;

static BOOL is(const GUID *one, const GUID *other) { return !memcmp(one, other, sizeof(GUID)); }

static HRESULT WINAPI ask_object(void *self, const GUID *which, void **found) {
    *found = NULL;
    if (is(which, &UNKNOWN) || is(which, &INSPECTABLE) || is(which, &AGILE))
        *found = &interfaces[0];
    for (int i = 0; i < 5; i++)
        if (is(which, &SETTINGS[i])) *found = &interfaces[i];
    return *found ? S_OK : E_NOINTERFACE;
}

static HRESULT WINAPI ask_factory(void *self, const GUID *which, void **found) {
    BOOL known = is(which, &UNKNOWN) || is(which, &INSPECTABLE) || is(which, &AGILE)
                 || is(which, &FACTORY);
    *found = known ? &factory : NULL;
    return known ? S_OK : E_NOINTERFACE;
}

static HRESULT WINAPI activate(void *self, void **made) { *made = &interfaces[0]; return S_OK; }
static ULONG WINAPI count(void *self) { return 2; } /* it lives as long as its module */
static HRESULT WINAPI ids(void *self, ULONG *number, void **list) {
    *number = 0;
    *list = NULL;
    return S_OK;
}
static HRESULT WINAPI nothing(void *self, void **value) { *value = NULL; return S_OK; }
static HRESULT WINAPI zero(void *self, int *value) { *value = 0; return S_OK; }
static HRESULT WINAPI no(void *self, BYTE *value) { *value = 0; return S_OK; }
static HRESULT WINAPI one(void *self, double *value) { *value = 1.0; return S_OK; }
static HRESULT WINAPI unknown(void *self) { return E_NOTIMPL; }
static HRESULT WINAPI subscribe(void *self, void *listener, INT64 *token) {
    *token = 1;
    return S_OK;
}
static HRESULT WINAPI unsubscribe(void *self, INT64 token) { return S_OK; }
static HRESULT WINAPI colour(void *self, int kind, BYTE *argb) {
    /* background, foreground, accent from dark 3 to light 3, complement */
    static const BYTE shades[10][3] = {{255, 255, 255}, {0, 0, 0},       {0, 32, 90},
                                       {0, 62, 146},    {0, 92, 170},    {0, 120, 215},
                                       {66, 156, 227},  {118, 185, 237}, {166, 216, 255},
                                       {255, 140, 0}};
    if (kind < 0 || kind > 9) return E_INVALIDARG;
    argb[0] = 255;
    memcpy(argb + 1, shades[kind], 3);
    return S_OK;
}

#define EVERY_OBJECT ask_object, count, count, ids, nothing, zero
static Table table_1 = {EVERY_OBJECT, zero, unknown, unknown, unknown, unknown, zero,
                        no,           no,   zero,    zero,    zero,    zero,    unknown};
static Table table_2 = {EVERY_OBJECT, one, subscribe, unsubscribe};
static Table table_3 = {EVERY_OBJECT, colour, subscribe, unsubscribe};
static Table table_4 = {EVERY_OBJECT, no, subscribe, unsubscribe};
static Table table_5 = {EVERY_OBJECT, no, subscribe, unsubscribe};
static Table table_factory = {ask_factory, count, count, ids, nothing, zero, activate};

__declspec(dllexport) HRESULT WINAPI DllGetActivationFactory(void *name, void **found) {
    *found = &factory;
    return S_OK;
}

__declspec(dllexport) HRESULT WINAPI DllCanUnloadNow(void) { return S_FALSE; }

BOOL WINAPI DllMain(HINSTANCE module, DWORD reason, void *reserved) {
    const void **tables[5] = {table_1, table_2, table_3, table_4, table_5};
    memcpy(interfaces, tables, sizeof tables);
    factory = table_factory;
    return TRUE;
}
