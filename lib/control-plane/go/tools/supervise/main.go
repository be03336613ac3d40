// Supervise runs one command and ends it when its own standard input closes.
//
//	supervise [-grace 3s] [-remove DIR]... -- COMMAND [ARG]...
//
// The harness holds the other end of that pipe, so the command ends with the harness however the harness ends:
// the kernel closes the pipe of a killed process too. On Linux the command also ends when supervise itself is killed.
// Every process of the command's group is ended; then the named folders (data, keys) are removed.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"strings"
	"syscall"
	"time"
)

// folders collects a flag that may be given several times.
type folders []string

func (f *folders) String() string         { return strings.Join(*f, ",") }
func (f *folders) Set(value string) error { *f = append(*f, value); return nil }

func main() {
	// The parent-death signal is tied to the thread that starts the command: it must live as long as we do.
	runtime.LockOSThread()
	var remove folders
	grace := flag.Duration("grace", 3*time.Second, "time between SIGTERM and SIGKILL")
	flag.Var(&remove, "remove", "folder to remove after the command has ended")
	flag.Parse()
	if flag.NArg() == 0 {
		fmt.Fprintln(os.Stderr, "supervise: expected a command after the flags")
		os.Exit(2)
	}
	code := run(flag.Args(), *grace)
	for _, folder := range remove {
		if err := os.RemoveAll(folder); err != nil {
			fmt.Fprintln(os.Stderr, "supervise:", err)
		}
	}
	os.Exit(code)
}

// run returns the command's exit code, 128 plus the number of the signal that ended it, or 127 when it did not start.
func run(args []string, grace time.Duration) int {
	stop := make(chan string, 2)
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP)
	go func() { stop <- (<-signals).String() }()
	go func() {
		// Whatever is read or goes wrong here, the end of it means that the harness is gone or wants us to stop.
		_, err := io.Copy(io.Discard, os.Stdin)
		stop <- fmt.Sprint("standard input closed, error: ", err)
	}()

	command := exec.Command(args[0], args[1:]...)
	command.Stdout, command.Stderr = os.Stdout, os.Stderr
	command.SysProcAttr = attributes()
	if err := command.Start(); err != nil {
		fmt.Fprintln(os.Stderr, "supervise:", err)
		return 127
	}
	group := -command.Process.Pid
	ended := make(chan struct{})
	go terminate(stop, ended, group, grace)

	err := command.Wait()
	close(ended)
	syscall.Kill(group, syscall.SIGKILL) // what the command left behind; ESRCH when that is nothing
	return exitCode(err)
}

// terminate asks the group to end when told to stop, and ends it by force after the grace time.
func terminate(stop <-chan string, ended <-chan struct{}, group int, grace time.Duration) {
	select {
	case <-ended:
		return
	case <-stop:
	}
	syscall.Kill(group, syscall.SIGTERM)
	select {
	case <-ended:
	case <-time.After(grace):
		syscall.Kill(group, syscall.SIGKILL)
	}
}

func exitCode(err error) int {
	var exit *exec.ExitError
	switch {
	case err == nil:
		return 0
	case !errors.As(err, &exit):
		fmt.Fprintln(os.Stderr, "supervise:", err)
		return 126
	}
	if status, ok := exit.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		return 128 + int(status.Signal())
	}
	return exit.ExitCode()
}
