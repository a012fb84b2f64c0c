using System.Text.Json.Nodes;
using Amazon.CodeDeploy.Tests.Server;

namespace Amazon.CodeDeploy.Tests;

/// <summary>No member of the model is forgotten on the wire.</summary>
public sealed class CompletenessTests
{
    public static TheoryData<string> Operations => [.. Call.Methods.Keys];

    [Fact]
    public void The_operations_are_the_ones_that_are_called() => Call.Methods.Keys.Should().BeEquivalentTo(
        "CreateDeployment", "GetDeployment", "BatchGetDeployments", "ListDeployments", "StopDeployment", "ContinueDeployment",
        "ListDeploymentTargets", "BatchGetDeploymentTargets", "GetDeploymentGroup", "BatchGetDeploymentGroups", "ListDeploymentGroups",
        "GetApplication", "GetDeploymentConfig", "RegisterApplicationRevision", "GetApplicationRevision");

    [Theory, MemberData(nameof(Operations))]
    public async Task Every_member_of_a_request_is_sent_in_the_order_of_the_names(string operation)
    {
        await using var server = new RawServer(Answer.Json("{}"));
        using var client = Some.Client(server);
        var request = WireMembers.Filled(Call.RequestOf(operation));

        await Call.ByNameAsync(client, operation, request);

        server.Requests[0].Operation.Should().Be(operation);
        server.Requests[0].Body.Should().Be(WireMembers.ToJson(request).ToJsonString());
    }

    [Theory, MemberData(nameof(Operations))]
    public async Task Every_member_of_an_answer_is_read(string operation)
    {
        var expected = WireMembers.Filled(Call.ResponseOf(operation));
        await using var server = new RawServer(Answer.Json(WireMembers.ToJson(expected).ToJsonString()));
        using var client = Some.Client(server);

        var response = await Call.ByNameAsync(client, operation, WireMembers.Filled(Call.RequestOf(operation)));

        WireMembers.ToJson(response).ToJsonString().Should().Be(WireMembers.ToJson(expected).ToJsonString());
    }

    [Theory, MemberData(nameof(Operations))]
    public async Task What_a_newer_service_adds_to_an_answer_is_skipped(string operation)
    {
        var expected = WireMembers.Filled(Call.ResponseOf(operation));
        var answer = WithStrangers(WireMembers.ToJson(expected));
        await using var server = new RawServer(Answer.Json(answer.ToJsonString()));
        using var client = Some.Client(server);

        var response = await Call.ByNameAsync(client, operation, WireMembers.Filled(Call.RequestOf(operation)));

        WireMembers.ToJson(response).ToJsonString().Should().Be(WireMembers.ToJson(expected).ToJsonString());
    }

    /// <summary>Puts unknown members around every known one, and inside them and as values the known names again.</summary>
    private static JsonNode WithStrangers(JsonNode node) => node switch
    {
        JsonObject known => new JsonObject(
        [
            KeyValuePair.Create("newText", known.Count > 0 ? JsonValue.Create(known.First().Key) : (JsonNode?)null),
            KeyValuePair.Create("newObject", (JsonNode?)new JsonObject(known.Select(it => KeyValuePair.Create(it.Key, (JsonNode?)new JsonObject())))),
            .. known.Select(it => KeyValuePair.Create(it.Key, (JsonNode?)WithStrangers(it.Value!))),
            KeyValuePair.Create("newList", (JsonNode?)new JsonArray([.. known.Select(it => new JsonObject { [it.Key] = new JsonArray(1) })])),
        ]),
        JsonArray list => new JsonArray([.. list.Select(item => WithStrangers(item!))]),
        _ => node.DeepClone(),
    };
}
