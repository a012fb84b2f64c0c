using Amazon.CodeDeploy.Model;
using Amazon.CodeDeploy.Tests.Server;
using Amazon.Runtime;

namespace Amazon.CodeDeploy.Tests;

public sealed class PaginatorTests
{
    private static readonly Answer[] TwoPages =
    [
        Answer.Json("""{"deployments":["d-1","d-2"],"nextToken":"p2"}"""),
        Answer.Json("""{"deployments":["d-3"]}"""),
    ];

    [Fact]
    public async Task Deployments_are_listed_over_all_pages()
    {
        await using var server = new RawServer(TwoPages);
        using var client = Some.Client(server);

        var ids = await ListAsync(client.Paginators.ListDeployments(new ListDeploymentsRequest { ApplicationName = "my-app" }).Deployments);

        ids.Should().Equal("d-1", "d-2", "d-3");
        server.Requests.Select(request => request.Body).Should().Equal(
            """{"applicationName":"my-app"}""", """{"applicationName":"my-app","nextToken":"p2"}""");
    }

    [Fact]
    public async Task Groups_are_listed_over_all_pages_and_an_empty_page_ends_nothing()
    {
        await using var server = new RawServer(
            Answer.Json("""{"applicationName":"my-app","nextToken":"p2"}"""),
            Answer.Json("""{"applicationName":"my-app","deploymentGroups":["gray","stable"],"nextToken":""}"""));
        using var client = Some.Client(server);

        var names = await ListAsync(client.Paginators.ListDeploymentGroups(new ListDeploymentGroupsRequest { ApplicationName = "my-app" }).DeploymentGroups);

        names.Should().Equal("gray", "stable");
        server.Requests.Select(request => request.Operation).Should().Equal("ListDeploymentGroups", "ListDeploymentGroups");
    }

    [Fact]
    public async Task Pages_may_be_read_as_they_come()
    {
        await using var server = new RawServer(TwoPages);
        using var client = Some.Client(server);

        var pages = await ListAsync(client.Paginators.ListDeployments(new ListDeploymentsRequest()).Responses);

        pages.Select(page => page.NextToken).Should().Equal("p2", null);
    }

    [Fact]
    public async Task Listing_goes_on_from_the_token_of_the_request()
    {
        await using var server = new RawServer(TwoPages[1]);
        using var client = Some.Client(server);

        await ListAsync(client.Paginators.ListDeployments(new ListDeploymentsRequest { NextToken = "p2" }).Deployments);

        server.Requests.Should().ContainSingle().Which.Body.Should().Be("""{"nextToken":"p2"}""");
    }

    [Fact]
    public async Task The_user_agent_says_that_pages_are_turned()
    {
        await using var server = new RawServer(TwoPages[1]);
        using var client = Some.Client(server);

        await ListAsync(client.Paginators.ListDeployments(new ListDeploymentsRequest()).Deployments);

        server.Requests[0]["User-Agent"].Should().MatchRegex(" m/[^ ]*C[^ ]*");
    }

    [Fact]
    public async Task A_paginator_serves_once()
    {
        await using var server = new RawServer(TwoPages[1]);
        using var client = Some.Client(server);
        var paginator = client.Paginators.ListDeployments(new ListDeploymentsRequest());
        await ListAsync(paginator.Deployments);

        var exception = await Record.ExceptionAsync(() => ListAsync(paginator.Deployments));

        exception.Should().BeOfType<InvalidOperationException>();
    }

    [Fact]
    public async Task Listing_ends_where_the_caller_cancels()
    {
        await using var server = new RawServer(TwoPages);
        using var client = Some.Client(server);
        using var stop = new CancellationTokenSource();
        await using var pages = client.Paginators.ListDeployments(new ListDeploymentsRequest()).Responses.GetAsyncEnumerator(stop.Token);
        await pages.MoveNextAsync();

        await stop.CancelAsync();
        var exception = await Record.ExceptionAsync(async () => await pages.MoveNextAsync());

        exception.Should().BeAssignableTo<OperationCanceledException>();
        server.Requests.Should().ContainSingle();
    }

    private static async Task<List<T>> ListAsync<T>(IPaginatedEnumerable<T> items)
    {
        var list = new List<T>();
        await foreach (var item in items)
            list.Add(item);
        return list;
    }
}
