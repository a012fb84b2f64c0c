using MacroPortfolio.Simulator.CodeDeploy.Protocol;
using MacroPortfolio.Simulator.CodeDeploy.Shapes;
using MacroPortfolio.Simulator.CodeDeploy.State;
using MacroPortfolio.Simulator.CodeDeploy.Validation;

namespace MacroPortfolio.Simulator.CodeDeploy.Operations;

public sealed class RevisionOperations(Account account, Paging paging, TimeProvider time)
{
    public object Register(ApiCall call)
    {
        var request = call.Read<RegisterApplicationRevisionRequest>();
        var application = Find(call, request.ApplicationName);
        var location = RevisionRules.Read(request.Revision);
        Names.Description(request.Description);

        var revision = Account.Register(application, location, request.Description, time.GetUtcNow());
        revision.Description = request.Description ?? revision.Description;
        return new NoOutput();
    }

    public object Get(ApiCall call)
    {
        var request = call.Read<GetApplicationRevisionRequest>();
        var application = Find(call, request.ApplicationName);
        var location = RevisionRules.Read(request.Revision);

        var revision = application.Revisions.Find(revision => revision.Location == location)
            ?? throw Fault.Of("RevisionDoesNotExist", $"No revision of application {application.Name} is registered with this location.");
        return new GetApplicationRevisionResponse(application.Name, location, Render.Generic(account, application, revision));
    }

    public object BatchGet(ApiCall call)
    {
        var request = call.Read<BatchGetApplicationRevisionsRequest>();
        var application = Find(call, request.ApplicationName);
        if (request.Revisions is null or { Count: 0 })
            throw Fault.Of("RevisionRequired", "At least one revision is required.");
        if (request.Revisions.Count > 25)
            throw Fault.Of("BatchLimitExceeded", "The maximum number of revisions allowed for this request (25) was exceeded.");

        var asked = request.Revisions.Select(RevisionRules.Read).ToList();
        var found = application.Revisions.Where(revision => asked.Contains(revision.Location)).ToList();
        return new BatchGetApplicationRevisionsResponse(
            application.Name,
            found.Count == asked.Distinct().Count() ? null : "Some of the revisions are not registered.",
            [.. found.Select(revision => Render.Info(account, application, revision))]);
    }

    public object List(ApiCall call)
    {
        var request = call.Read<ListApplicationRevisionsRequest>();
        var application = Find(call, request.ApplicationName);
        Values.OneOf(request.SortBy, "InvalidSortBy", "registerTime", "firstUsedTime", "lastUsedTime");
        Values.OneOf(request.SortOrder, "InvalidSortOrder", "ascending", "descending");
        Values.OneOf(request.Deployed, "InvalidDeployedStateFilter", "include", "exclude", "ignore");
        if (request is { S3KeyPrefix: not null, S3Bucket: null })
            throw Fault.Of("BucketNameFilterRequired", "A key prefix needs the name of its bucket.");

        var positions = Sorted(request, application.Revisions.Where(revision => Wanted(request, application, revision))).Index();
        var (page, next) = paging.Page($"revisions {application.Name}", positions, item => item.Index.ToString("D9"), request.NextToken);
        return new ListApplicationRevisionsResponse([.. page.Select(item => item.Item.Location)], next);
    }

    private Application Find(ApiCall call, string? applicationName)
    {
        var name = Names.Application(applicationName);
        call.Demand(account.Arns.Application(name));
        return account.Application(name);
    }

    private bool Wanted(ListApplicationRevisionsRequest request, Application application, RegisteredRevision revision)
    {
        var s3 = revision.Location.S3Location;
        var isTarget = application.Groups.Values.Any(group => account.LastSuccessful(group)?.Revision == revision.Location);
        return (request.S3Bucket is null || s3?.Bucket == request.S3Bucket)
            && (request.S3KeyPrefix is null || s3!.Key!.StartsWith(request.S3KeyPrefix, StringComparison.Ordinal))
            && (request.Deployed is null or "ignore" || isTarget == (request.Deployed == "include"));
    }

    private static IEnumerable<RegisteredRevision> Sorted(ListApplicationRevisionsRequest request, IEnumerable<RegisteredRevision> revisions)
    {
        Func<RegisteredRevision, DateTimeOffset?> key = request.SortBy switch
        {
            "firstUsedTime" => revision => revision.FirstUsedTime,
            "lastUsedTime" => revision => revision.LastUsedTime,
            _ => revision => revision.RegisterTime,
        };
        return request.SortOrder == "descending" ? revisions.OrderByDescending(key) : revisions.OrderBy(key);
    }
}
