using MacroPortfolio.Simulator.CodeDeploy.Protocol;
using MacroPortfolio.Simulator.CodeDeploy.Shapes;
using MacroPortfolio.Simulator.CodeDeploy.State;
using MacroPortfolio.Simulator.CodeDeploy.Validation;

namespace MacroPortfolio.Simulator.CodeDeploy.Operations;

public sealed class ConfigOperations(Account account, Paging paging, TimeProvider time)
{
    public object Create(ApiCall call)
    {
        var request = call.Read<CreateDeploymentConfigRequest>();
        var name = Names.Config(request.DeploymentConfigName);
        if (name.StartsWith(DeploymentConfig.PredefinedPrefix, StringComparison.Ordinal))
            throw Fault.Of("InvalidDeploymentConfigName", $"Names that start with {DeploymentConfig.PredefinedPrefix} are reserved: {name}");
        call.Demand(account.Arns.DeploymentConfig(name));
        Values.OneOf(request.ComputePlatform, "InvalidComputePlatform", "Server", "Lambda", "ECS");
        if (request.ComputePlatform is "Lambda" or "ECS")
            throw Fault.Of("InvalidComputePlatform", $"The simulator lacks the compute platform {request.ComputePlatform}.");
        if (request.TrafficRoutingConfig is not null)
            throw Fault.Of("InvalidTrafficRoutingConfiguration", "Traffic routing is for AWS Lambda and Amazon ECS only.");
        if (account.Configs.ContainsKey(name))
            throw Fault.Of("DeploymentConfigAlreadyExists", $"Deployment Configuration already exists: {name}");
        if (account.Configs.Values.Count(known => !known.IsPredefined) >= Quotas.CustomConfigs)
        {
            throw Fault.Of(
                "DeploymentConfigLimitExceeded",
                $"The account has {Quotas.CustomConfigs} deployment configurations of its own already, which are the most that it can have.");
        }

        var (hosts, zones) = (ConfigurationRules.Read(request.MinimumHealthyHosts), ConfigurationRules.Read(request.ZonalConfig));
        var config = new DeploymentConfig(account.Ids.Resource(), name, hosts, time.GetUtcNow(), zones);
        account.Configs.Add(name, config);
        return new CreateDeploymentConfigResponse(config.Id);
    }

    public object Delete(ApiCall call)
    {
        var name = Names.Config(call.Read<DeploymentConfigRequest>().DeploymentConfigName);
        call.Demand(account.Arns.DeploymentConfig(name));
        if (account.Configs.GetValueOrDefault(name) is { IsPredefined: true })
            throw Fault.Of("InvalidOperation", $"The predefined deployment configuration {name} can't be deleted.");
        if (account.Applications.Values.SelectMany(application => application.Groups.Values).Any(group => group.ConfigName == name))
            throw Fault.Of("DeploymentConfigInUse", $"The deployment configuration is still in use: {name}");

        account.Configs.Remove(name);
        return new NoOutput();
    }

    public object Get(ApiCall call)
    {
        var name = Names.Config(call.Read<DeploymentConfigRequest>().DeploymentConfigName);
        call.Demand(account.Arns.DeploymentConfig(name));

        return new GetDeploymentConfigResponse(Render.Info(account.Config(name)));
    }

    public object List(ApiCall call)
    {
        var request = call.Read<ListDeploymentConfigsRequest>();
        call.Demand(Arns.Everything);

        var (names, next) = paging.Page("configs", account.Configs.Keys, name => name, request.NextToken);
        return new ListDeploymentConfigsResponse(names, next);
    }
}
