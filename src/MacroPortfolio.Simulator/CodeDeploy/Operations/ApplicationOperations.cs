using MacroPortfolio.Simulator.CodeDeploy.Protocol;
using MacroPortfolio.Simulator.CodeDeploy.Shapes;
using MacroPortfolio.Simulator.CodeDeploy.State;
using MacroPortfolio.Simulator.CodeDeploy.Validation;

namespace MacroPortfolio.Simulator.CodeDeploy.Operations;

public sealed class ApplicationOperations(Account account, Paging paging, TimeProvider time)
{
    public object Create(ApiCall call)
    {
        var request = call.Read<CreateApplicationRequest>();
        var name = Names.Application(request.ApplicationName);
        Values.OneOf(request.ComputePlatform, "InvalidComputePlatform", "Server", "Lambda", "ECS");
        call.Demand(account.Arns.Application(name), TagOperations.KeysOf(request.Tags));
        TagOperations.Check(request.Tags);
        if (account.Applications.ContainsKey(name))
            throw Fault.Of("ApplicationAlreadyExists", $"Application already exists: {name}");
        if (account.Applications.Count >= Quotas.Applications)
            throw Fault.Of("ApplicationLimitExceeded", $"The account has {Quotas.Applications} applications already, which are the most that it can have.");

        var application = new Application
        {
            Id = account.Ids.Resource(),
            Name = name,
            ComputePlatform = request.ComputePlatform ?? Application.Server,
            CreateTime = time.GetUtcNow(),
        };
        account.Applications.Add(name, application);
        TagOperations.Put(account, account.Arns.Application(name), request.Tags);
        return new CreateApplicationResponse(application.Id);
    }

    public object Delete(ApiCall call)
    {
        var name = Names.Application(call.Read<ApplicationRequest>().ApplicationName);
        call.Demand(account.Arns.Application(name));

        account.Applications.Remove(name);
        account.Tags.Remove(account.Arns.Application(name));
        return new NoOutput();
    }

    public object Get(ApiCall call)
    {
        var name = Names.Application(call.Read<ApplicationRequest>().ApplicationName);
        call.Demand(account.Arns.Application(name));

        return new GetApplicationResponse(Render.Info(account.Application(name)));
    }

    public object BatchGet(ApiCall call)
    {
        var names = Values.Batch(call.Read<BatchGetApplicationsRequest>().ApplicationNames, 100, "ApplicationNameRequired", Names.Application);
        foreach (var name in names)
            call.Demand(account.Arns.Application(name));

        return new BatchGetApplicationsResponse([.. names.Select(name => Render.Info(account.Application(name)))]);
    }

    public object List(ApiCall call)
    {
        var request = call.Read<ListApplicationsRequest>();
        call.Demand(Arns.Everything);

        var (names, next) = paging.Page("applications", account.Applications.Keys, name => name, request.NextToken);
        return new ListApplicationsResponse(names, next);
    }
}
