package main

import "syscall"

// attributes puts the command into a group of its own and has the kernel kill it when supervise is killed.
func attributes() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}
