using MacroPortfolio.Simulator.CloudFormation.Resources;
using MacroPortfolio.Simulator.CloudFormation.Templates;
using MacroPortfolio.Simulator.Front;
using MacroPortfolio.Simulator.Iam;
using MacroPortfolio.Simulator.World;

namespace MacroPortfolio.Simulator.CloudFormation.Stacks;

/// <summary>Makes a stack what it is asked to be, one resource after the other, or what it was before where that fails.</summary>
/// <param name="principal">Who makes the resources: the caller, or the role that the stack was given.</param>
internal sealed class StackRun(Stack stack, StackAccount account, Principal principal, ResourceTypes types, Chance chance, Func<StackRequest, Workings> work, TimeProvider time)
{
    /// <summary>What this run has replaced, changed and made, so that it can be taken back.</summary>
    private readonly List<(StackResource? Before, StackResource After)> _done = [];

    private DateTimeOffset Now => time.GetUtcNow();

    public void Create(StackRequest request, string onFailure)
    {
        stack.Request = request;
        stack.Turn("CREATE_IN_PROGRESS", "User Initiated", Now);
        if (Apply(request) is not { } failure)
        {
            stack.Turn("CREATE_COMPLETE", null, Now);
            return;
        }

        if (onFailure == "DO_NOTHING")
        {
            stack.Turn("CREATE_FAILED", failure, Now);
            return;
        }

        stack.Turn("ROLLBACK_IN_PROGRESS", $"{failure} Rollback requested by user.", Now);
        var isClean = Remove([.. stack.Resources.Values.Reverse()], resource => resource.Declaration.DeletionPolicy == DeletionPolicy.Retain);
        stack.Turn(isClean ? "ROLLBACK_COMPLETE" : "ROLLBACK_FAILED", null, Now);
        if (isClean && onFailure == "DELETE")
            Gone();
    }

    public void Update(StackRequest request)
    {
        var (before, imports) = (stack.Request!, stack.Imports);
        stack.Request = request;
        stack.Updated = Now;
        stack.Turn("UPDATE_IN_PROGRESS", "User Initiated", Now);
        if (Apply(request) is { } failure)
        {
            (stack.Request, stack.Imports) = (before, imports);
            stack.Turn("UPDATE_ROLLBACK_IN_PROGRESS", failure, Now);
            stack.Turn(TakeBack() ? "UPDATE_ROLLBACK_COMPLETE" : "UPDATE_ROLLBACK_FAILED", null, Now);
            return;
        }

        stack.Turn("UPDATE_COMPLETE_CLEANUP_IN_PROGRESS", null, Now);
        var workings = work(request);
        var replaced = _done.Where(change => change.Before is { } old && old.PhysicalId != change.After.PhysicalId).Select(change => change.Before!).ToList();
        var unwanted = stack.Resources.Values.Where(resource => request.Template.Resources.All(one => one.Id != resource.Id || !workings.Functions.Holds(one.Condition))).ToList();
        // What cannot be removed is left where it is, and the update counts all the same.
        Remove([.. replaced.AsEnumerable().Reverse()], resource => resource.Declaration.ReplacePolicy != DeletionPolicy.Delete, isReplaced: true);
        Remove([.. unwanted.AsEnumerable().Reverse()], Keeps);
        stack.Turn("UPDATE_COMPLETE", null, Now);
    }

    public void Delete()
    {
        foreach (var export in stack.Outputs.Select(output => output.ExportName).OfType<string>())
        {
            if (account.Living.FirstOrDefault(other => other != stack && other.Imports.Contains(export)) is { } user)
                throw new AwsException(400, "ValidationError", $"Export {export} cannot be deleted as it is in use by {user.Name}");
        }

        stack.Turn("DELETE_IN_PROGRESS", "User Initiated", Now);
        if (Remove([.. stack.Resources.Values.Reverse()], Keeps))
            Gone();
        else
            stack.Turn("DELETE_FAILED", $"The following resource(s) failed to delete: [{string.Join(", ", stack.Resources.Keys)}].", Now);
    }

    private void Gone()
    {
        stack.Outputs = [];
        stack.Deleted = Now;
        stack.Turn("DELETE_COMPLETE", null, Now);
    }

    private static bool Keeps(StackResource resource) => resource.Declaration.DeletionPolicy != DeletionPolicy.Delete;

    /// <returns>Why not all of it could be done; null: it was.</returns>
    private string? Apply(StackRequest request)
    {
        var verb = stack.Resources.Count == 0 ? "create" : "update";
        try
        {
            var workings = work(request);
            foreach (var declaration in References.InOrder(request.Template.Resources).Where(resource => workings.Functions.Holds(resource.Condition)))
            {
                if (Apply(declaration, workings) is { Reason: not null } failed)
                    return $"The following resource(s) failed to {verb}: [{failed.Id}].";
            }

            (stack.Outputs, stack.Imports) = (workings.Outputs(request.Template), workings.Imports);
            return null;
        }
        catch (AwsException ex)
        {
            return ex.Message;
        }
    }

    private StackResource Apply(ResourceDeclaration declaration, Workings workings)
    {
        var existing = stack.Resources.GetValueOrDefault(declaration.Id);
        var properties = Comparison.Properties(declaration, workings);
        var differing = existing is null ? [] : Comparison.Differing(existing, declaration, properties);
        if (existing is not null && differing.Count == 0)
            return stack.Resources[declaration.Id] = existing with { Declaration = declaration };

        var (type, call) = (types.Get(declaration.Type), new ResourceCall(declaration.Id, properties, stack, principal, chance));
        var changes = existing is not null && !types.Replaces(existing, declaration, differing);
        var verb = changes ? "UPDATE" : "CREATE";
        var resource = new StackResource(declaration, changes ? existing!.PhysicalId : null, properties, existing?.Attributes ?? new Dictionary<string, string>(), $"{verb}_IN_PROGRESS", null, Now);
        stack.Note(resource, Now);
        try
        {
            type.Check(call);
            var made = changes ? type.Update(call, existing!) : type.Create(call);
            resource = resource with { PhysicalId = made.PhysicalId, Attributes = made.Attributes, Status = $"{verb}_COMPLETE", Changed = Now };
            _done.Add((existing, resource));
            workings.Put(resource);
            stack.Resources[declaration.Id] = resource;
        }
        catch (AwsException ex)
        {
            resource = resource with { Status = $"{verb}_FAILED", Reason = Words(ex), Changed = Now };
            if (changes)
                _done.Add((existing, resource));
        }

        stack.Note(resource, Now);
        return resource;
    }

    /// <summary>Undoes what this run did, last first.</summary>
    private bool TakeBack()
    {
        var isClean = true;
        foreach (var (before, after) in _done.AsEnumerable().Reverse())
        {
            if (before is null || before.PhysicalId != after.PhysicalId)
                isClean &= Remove([after], resource => resource.Declaration.DeletionPolicy == DeletionPolicy.Retain, isReplaced: before is not null);
            if (before is null)
                continue;
            if (before.PhysicalId == after.PhysicalId)
                isClean &= Restore(before, after);
            stack.Resources[before.Id] = before;
        }

        return isClean;
    }

    private bool Restore(StackResource before, StackResource after)
    {
        var resource = before with { Status = "UPDATE_COMPLETE", Reason = null, Changed = Now };
        try
        {
            types.Get(before.Type).Update(new ResourceCall(before.Id, before.Properties, stack, principal, chance), after);
        }
        catch (AwsException ex)
        {
            resource = before with { Status = "UPDATE_FAILED", Reason = Words(ex), Changed = Now };
        }

        stack.Note(resource, Now);
        return resource.Reason is null;
    }

    /// <param name="isReplaced">Another thing has its place in the stack.</param>
    private bool Remove(IReadOnlyList<StackResource> resources, Func<StackResource, bool> keeps, bool isReplaced = false)
    {
        var isClean = true;
        foreach (var resource in resources)
        {
            var removed = keeps(resource) ? resource with { Status = "DELETE_SKIPPED", Changed = Now } : Delete(resource);
            stack.Note(removed, Now);
            isClean &= removed.Reason is null;
            if (removed.Reason is null && !isReplaced)
                stack.Resources.Remove(resource.Id);
            else if (removed.Reason is not null && !isReplaced)
                stack.Resources[resource.Id] = removed;
        }

        return isClean;
    }

    private StackResource Delete(StackResource resource)
    {
        stack.Note(resource with { Status = "DELETE_IN_PROGRESS" }, Now);
        try
        {
            types.Get(resource.Type).Delete(new ResourceCall(resource.Id, resource.Properties, stack, principal, chance), resource);
            return resource with { Status = "DELETE_COMPLETE", Reason = null, Changed = Now };
        }
        // Somebody has removed it already.
        catch (AwsException ex) when (ex.Code is "NoSuchEntity" or "NoSuchBucket" or "ApplicationDoesNotExistException" or "DeploymentGroupDoesNotExistException")
        {
            return resource with { Status = "DELETE_COMPLETE", Reason = null, Changed = Now };
        }
        catch (AwsException ex)
        {
            return resource with { Status = "DELETE_FAILED", Reason = Words(ex), Changed = Now };
        }
    }

    /// <summary>A service's refusal as CloudFormation tells it.</summary>
    private static string Words(AwsException ex) => $"Resource handler returned message: \"{ex.Message}\" (HandlerErrorCode: {ex.Code switch
    {
        "AccessDenied" or "AccessDeniedException" or "UnauthorizedOperation" => "AccessDenied",
        _ when ex.Code.Contains("Already", StringComparison.Ordinal) => "AlreadyExists",
        "NoSuchEntity" => "NotFound",
        _ => "InvalidRequest",
    }})";
}
