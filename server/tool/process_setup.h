#pragma once

namespace keydesk {

/// First thing in the server's main(): files are for their owner only (umask 077), no core dump can
/// take keys to the disk, other processes of the user cannot read this one's memory, and the limit
/// of open files is raised to what the system allows (1,500 connections need more than 1,024).
void setUpProcess();

} // namespace keydesk
