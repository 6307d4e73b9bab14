/* python3.dll: every name of its .def file leads on to python311.dll, so it needs no code. */
int entry(void *module, unsigned reason, void *reserved) { return 1; }
void *relocated = (void *)entry; /* a pointer, so that the linker writes a .reloc section */
