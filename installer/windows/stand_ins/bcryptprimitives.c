/* bcryptprimitives.dll for a Wine prefix: Wine 8 has none, and what is written in Rust asks for its
 * one function. Windows 10 has its own; none belongs into a bundle.
 */
#include <windows.h>

BOOLEAN NTAPI SystemFunction036(void *place, ULONG size); /* advapi32's RtlGenRandom */

__declspec(dllexport) BOOL WINAPI ProcessPrng(BYTE *place, SIZE_T size) {
    return SystemFunction036(place, (ULONG)size);
}
