using Microsoft.AspNetCore.WebUtilities;

namespace MacroPortfolio.Simulator.GitHub;

/// <summary>Which part of a list was asked for.</summary>
public sealed record Paging(int Page, int PerPage)
{
    private const int DefaultPerPage = 30;
    private const int MaximumPerPage = 100;

    public static Paging Of(GitHubCall call) => new(
        int.TryParse(call.Query("page"), out var page) && page > 0 ? page : 1,
        int.TryParse(call.Query("per_page"), out var perPage) && perPage > 0 ? Math.Min(perPage, MaximumPerPage) : DefaultPerPage);

    public IEnumerable<T> Of<T>(IEnumerable<T> all) => all.Skip((Page - 1) * PerPage).Take(PerPage);

    /// <summary>
    /// The <c>Link</c> header, or null when all is on one page. https://docs.github.com/rest/using-the-rest-api/using-pagination-in-the-rest-api
    /// </summary>
    public string? Link(GitHubCall call, int total)
    {
        var last = Math.Max(1, (total + PerPage - 1) / PerPage);
        var links = new List<string>();
        if (Page > 1)
            links.Add(To(call, Math.Min(Page - 1, last), "prev"));
        if (Page < last)
            links.AddRange([To(call, Page + 1, "next"), To(call, last, "last")]);
        if (Page > 1)
            links.Add(To(call, 1, "first"));
        return links.Count == 0 ? null : string.Join(", ", links);
    }

    private static string To(GitHubCall call, int page, string relation)
    {
        var request = call.Exchange.Http.Request;
        var query = request.Query.Where(pair => pair.Key != "page").Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value.ToString()))
            .Append(KeyValuePair.Create("page", (string?)page.ToString()));
        return $"<{QueryHelpers.AddQueryString($"{call.Links.Html}{request.PathBase}{request.Path}", query)}>; rel=\"{relation}\"";
    }
}
