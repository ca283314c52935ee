using FLCrowd.Host.Commands;
using FLCrowd.Host.Terminal;

return await StandardStreams.RunAsync(() => CommandLine.InvokeAsync(args));
