using System.Runtime.CompilerServices;
using Amazon.Runtime;

namespace Amazon.CodeDeploy.Model;

public interface ICodeDeployPaginatorFactory
{
    IListDeploymentGroupsPaginator ListDeploymentGroups(ListDeploymentGroupsRequest request);
    IListDeploymentsPaginator ListDeployments(ListDeploymentsRequest request);
}

public interface IListDeploymentGroupsPaginator
{
    IPaginatedEnumerable<ListDeploymentGroupsResponse> Responses { get; }
    IPaginatedEnumerable<string> DeploymentGroups { get; }
}

public interface IListDeploymentsPaginator
{
    IPaginatedEnumerable<ListDeploymentsResponse> Responses { get; }
    IPaginatedEnumerable<string> Deployments { get; }
}

public class CodeDeployPaginatorFactory : ICodeDeployPaginatorFactory
{
    private readonly IAmazonCodeDeploy client;

    internal CodeDeployPaginatorFactory(IAmazonCodeDeploy client) => this.client = client;

    public IListDeploymentGroupsPaginator ListDeploymentGroups(ListDeploymentGroupsRequest request) => new ListDeploymentGroupsPaginator(client, request);

    public IListDeploymentsPaginator ListDeployments(ListDeploymentsRequest request) => new ListDeploymentsPaginator(client, request);
}

internal sealed class ListDeploymentGroupsPaginator(IAmazonCodeDeploy client, ListDeploymentGroupsRequest request)
    : Paginator<ListDeploymentGroupsRequest, ListDeploymentGroupsResponse>(request), IListDeploymentGroupsPaginator
{
    public IPaginatedEnumerable<ListDeploymentGroupsResponse> Responses => Pages;
    public IPaginatedEnumerable<string> DeploymentGroups => Items(page => page.DeploymentGroups);

    protected override async Task<(ListDeploymentGroupsResponse Page, string NextToken)> TurnAsync(
        ListDeploymentGroupsRequest request, string token, CancellationToken ct)
    {
        request.NextToken = token ?? request.NextToken;
        var page = await client.ListDeploymentGroupsAsync(request, ct);
        return (page, page.NextToken);
    }
}

internal sealed class ListDeploymentsPaginator(IAmazonCodeDeploy client, ListDeploymentsRequest request)
    : Paginator<ListDeploymentsRequest, ListDeploymentsResponse>(request), IListDeploymentsPaginator
{
    public IPaginatedEnumerable<ListDeploymentsResponse> Responses => Pages;
    public IPaginatedEnumerable<string> Deployments => Items(page => page.Deployments);

    protected override async Task<(ListDeploymentsResponse Page, string NextToken)> TurnAsync(
        ListDeploymentsRequest request, string token, CancellationToken ct)
    {
        request.NextToken = token ?? request.NextToken;
        var page = await client.ListDeploymentsAsync(request, ct);
        return (page, page.NextToken);
    }
}

/// <summary>Turns pages until one comes without a token. It carries its place with it, so it serves once.</summary>
internal abstract class Paginator<TRequest, TResponse>(TRequest request) : IPaginator<TResponse>
    where TRequest : AmazonCodeDeployRequest
    where TResponse : AmazonWebServiceResponse
{
    private int consumed;

    protected IPaginatedEnumerable<TResponse> Pages => new PaginatedResponse<TResponse>(this);

    protected IPaginatedEnumerable<TItem> Items<TItem>(Func<TResponse, List<TItem>> select) =>
        new PaginatedResultKeyResponse<TResponse, TItem>(this, page => select(page) ?? []);

    protected abstract Task<(TResponse Page, string NextToken)> TurnAsync(TRequest request, string token, CancellationToken ct);

    async IAsyncEnumerable<TResponse> IPaginator<TResponse>.PaginateAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref consumed, 1) != 0)
            throw new InvalidOperationException("This paginator has been read already; ask the client for a new one.");

        PaginatorUtils.SetUserAgentAdditionOnRequest(request);
        string token = null;
        do
        {
            (var page, token) = await TurnAsync(request, token, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            yield return page;
        }
        while (!string.IsNullOrEmpty(token));
    }
}
