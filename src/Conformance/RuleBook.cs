namespace FLCrowd.Conformance;

/// <summary>Rules by name, in the order in which they are checked.</summary>
/// <typeparam name="T">What is checked.</typeparam>
internal sealed class RuleBook<T>(params IReadOnlyList<(string Name, Action<T> Check)> rules)
{
    public IReadOnlyList<string> Names { get; } = [.. rules.Select(rule => rule.Name)];

    public void Check(T subject)
    {
        foreach (var (_, check) in rules)
        {
            check(subject);
        }
    }

    /// <exception cref="ArgumentException">There is no such rule.</exception>
    public void Check(T subject, string name)
    {
        var check = rules.FirstOrDefault(rule => rule.Name == name).Check
            ?? throw new ArgumentException($"there is no rule '{name}'; rules are {string.Join(", ", Names)}", nameof(name));
        check(subject);
    }
}
