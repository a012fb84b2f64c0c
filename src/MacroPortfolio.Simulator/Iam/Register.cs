namespace MacroPortfolio.Simulator.Iam;

/// <summary>Things of one kind by their names, in the order in which they came; what is in it can change at any time.</summary>
public sealed class Register<T>(Func<T, string> nameOf)
    where T : class
{
    private readonly Lock _lock = new();
    private readonly OrderedDictionary<string, T> _things = new(StringComparer.Ordinal);

    public IReadOnlyList<T> All
    {
        get
        {
            lock (_lock)
                return [.. _things.Values];
        }
    }

    public T? Find(string name)
    {
        lock (_lock)
            return _things.GetValueOrDefault(name);
    }

    /// <returns>False: one of that name is there already.</returns>
    public bool Add(T thing)
    {
        lock (_lock)
            return _things.TryAdd(nameOf(thing), thing);
    }

    /// <returns>Null: none of that name is there.</returns>
    public T? Change(string name, Func<T, T> change)
    {
        lock (_lock)
            return _things.TryGetValue(name, out var thing) ? _things[name] = change(thing) : null;
    }

    public bool Remove(string name)
    {
        lock (_lock)
            return _things.Remove(name);
    }
}
