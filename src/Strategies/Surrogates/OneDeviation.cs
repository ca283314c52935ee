using System.Collections;

namespace FLCrowd.Strategies.Surrogates;

/// <summary>A profile that differs from another one in one client: many of them share one array.</summary>
internal sealed class OneDeviation(IReadOnlyList<ClientAction> profile, int client, ClientAction action) : IReadOnlyList<ClientAction>
{
    public int Count => profile.Count;

    public ClientAction this[int index] => index == client ? action : profile[index];

    public IEnumerator<ClientAction> GetEnumerator()
    {
        for (int index = 0; index < Count; index++)
        {
            yield return this[index];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
