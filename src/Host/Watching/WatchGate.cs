using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace FLCrowd.Host.Watching;

/// <summary>
/// Lets in who has the token, from this machine's own pages. Other users of the machine do not know the token; pages of other hosts, which
/// could make this machine's browser ask, are told by what the browser says of itself, and by the host that they ask for.
/// </summary>
/// <param name="token">What every path begins with.</param>
internal sealed class WatchGate(string token)
{
    private const string Policy = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self' 'unsafe-inline'; "
        + "img-src data:; font-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private readonly byte[] _start = Encoding.UTF8.GetBytes($"/{token}/");

    /// <summary>A new token: 128 bits that nobody can guess. No result depends on it.</summary>
    public static string NewToken() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));

    /// <summary>Answers who may not ask, and lets on who may.</summary>
    public Task Check(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        if (!HasToken(request.Path.Value ?? "") || !IsOwn(request))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        // A report has a policy of its own in it, which is as strict, and needs its scripts.
        if (!request.Path.Value!.EndsWith("/report", StringComparison.Ordinal))
        {
            headers.ContentSecurityPolicy = Policy;
        }

        if (!HttpMethods.IsGet(request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            return Task.CompletedTask;
        }

        return next(context);
    }

    private bool HasToken(string path)
    {
        byte[] asked = Encoding.UTF8.GetBytes(path);
        return asked.Length >= _start.Length && CryptographicOperations.FixedTimeEquals(asked.AsSpan(0, _start.Length), _start);
    }

    /// <summary>Whether it is this server that is asked, by its own pages or by the user.</summary>
    private static bool IsOwn(HttpRequest request)
    {
        var host = request.Host;
        bool isLocal = host.Host is "127.0.0.1" or "localhost" && host.Port == request.HttpContext.Connection.LocalPort;
        string? origin = request.Headers.Origin;
        string? site = request.Headers["Sec-Fetch-Site"];
        return isLocal
            && (string.IsNullOrEmpty(origin) || origin == $"http://{host.Value}")
            && (string.IsNullOrEmpty(site) || site is "same-origin" or "none");
    }
}
