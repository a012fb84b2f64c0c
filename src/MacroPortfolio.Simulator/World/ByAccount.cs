namespace MacroPortfolio.Simulator.World;

/// <summary>
/// One of something for each account of the world. An account that only the ARNs of roles mention has none: who comes from there acts in the first account.
/// </summary>
public sealed class ByAccount<T>
{
    private readonly Dictionary<string, T> _all;

    /// <param name="make">From the account as a world of its own.</param>
    public ByAccount(WorldFile world, Func<WorldFile, T> make)
    {
        All = [.. world.EachAccount().Select(make)];
        _all = world.EachAccount().Zip(All).ToDictionary(pair => pair.First.Account, pair => pair.Second, StringComparer.Ordinal);
    }

    /// <summary>The first account's first.</summary>
    public IReadOnlyList<T> All { get; }

    public T this[string account] => _all.TryGetValue(account, out var one) ? one : All[0];
}
