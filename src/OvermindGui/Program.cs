using OvermindGui.Commands;

return await CommandTree.InvokeAsync(args);
