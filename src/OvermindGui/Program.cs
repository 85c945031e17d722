using OvermindGui.Commands;
using OvermindGui.Core.Posix;

CallerLimits.HandOver();
// A command that takes our place keeps what its caller gave it, as in "run cat <(date)"; what we start ourselves does not.
if (args is not [var verb, ..] || !RunCommand.Words.Contains(verb)) CallerLimits.KeepDescriptors();
return await CommandTree.InvokeAsync(args);
