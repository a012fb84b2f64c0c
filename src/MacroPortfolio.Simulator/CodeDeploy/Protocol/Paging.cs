using System.Text;

namespace MacroPortfolio.Simulator.CodeDeploy.Protocol;

/// <summary>Pages that stay right while items are added: a token names the last item of its page, and the next page holds what sorts after it.</summary>
public sealed class Paging(int size)
{
    /// <param name="list">What is listed; a token of one list is not valid for another.</param>
    /// <param name="items">In ascending ordinal order of their keys.</param>
    public (IReadOnlyList<T> Items, string? NextToken) Page<T>(string list, IEnumerable<T> items, Func<T, string> key, string? token)
    {
        var after = token is null ? null : Key(list, token);
        var rest = items.Where(item => after is null || string.CompareOrdinal(key(item), after) > 0).Take(size + 1).ToList();
        return rest.Count <= size ? (rest, null) : (rest[..size], Token(list, key(rest[size - 1])));
    }

    private static string Token(string list, string key) => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{list} {key}"));

    private static string Key(string list, string token)
    {
        var bytes = new byte[token.Length];
        var text = Convert.TryFromBase64String(token, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : "";
        return text.StartsWith(list + " ", StringComparison.Ordinal)
            ? text[(list.Length + 1)..]
            : throw Fault.Of("InvalidNextToken", $"The next token is not valid: {token}");
    }
}
