using OvermindGui.Commands;
using OvermindGui.Core.Posix;

CallerLimits.HandOver();
// A command that replaces this process keeps the caller's descriptors, as in "run cat <(date)"; other child processes do not inherit them.
if (args is not [var verb, ..] || !RunCommand.Words.Contains(verb)) CallerLimits.KeepDescriptors();
return await CommandTree.InvokeAsync(args);
