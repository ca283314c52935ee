using FLCrowd.Host.Commands;

return await CommandLine.InvokeAsync(args);
