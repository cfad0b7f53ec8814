// What a program does about its standard streams before it opens anything else.

#pragma once

// A standard stream that is closed would become the next pipe or socket, and what is printed would
// go there. This puts /dev/null in its place, opened the wrong way, so that its use still fails.
// Before any thread starts.
void occupy_standard_streams();
