using System.Collections;
using System.Reflection;
using System.Text.Json.Nodes;
using Amazon.Runtime;

namespace Amazon.CodeDeploy.Tests;

/// <summary>
/// The members of a class of the model by what the service calls them: the property with a lower first letter, but for three structures whose
/// members are capitalised. Written once more, and by other means, than the client has it.
/// </summary>
internal static class WireMembers
{
    public static readonly DateTime SampleTime = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    private static readonly string[] Capitalised = ["DeploymentOverview", "EC2TagFilter", "TagFilter"];

    /// <summary>An object of the type with a value in every member, down to the leaves.</summary>
    public static object Filled(Type type)
    {
        var value = Activator.CreateInstance(type)!;
        foreach (var member in Of(type))
            member.SetValue(value, Sample(member.PropertyType, member.Name));
        return value;
    }

    public static JsonNode ToJson(object value) => value switch
    {
        string text => JsonValue.Create(text),
        bool flag => JsonValue.Create(flag),
        int number => JsonValue.Create(number),
        long number => JsonValue.Create(number),
        double number => JsonValue.Create(number),
        DateTime time => JsonValue.Create(new DateTimeOffset(time).ToUnixTimeSeconds()),
        ConstantClass constant => JsonValue.Create(constant.Value),
        IDictionary map => new JsonObject(map.Keys.Cast<string>().Select(key => KeyValuePair.Create(key, (JsonNode?)ToJson(map[key]!)))),
        IList list => new JsonArray([.. list.Cast<object>().Select(ToJson)]),
        _ => new JsonObject(
            from member in Of(value.GetType())
            let name = NameOf(member)
            orderby name.ToUpperInvariant()
            where member.GetValue(value) is not null
            select KeyValuePair.Create(name, (JsonNode?)ToJson(member.GetValue(value)!))),
    };

    private static PropertyInfo[] Of(Type type) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly);

    private static string NameOf(PropertyInfo member) =>
        Capitalised.Contains(member.DeclaringType!.Name) ? member.Name : char.ToLowerInvariant(member.Name[0]) + member.Name[1..];

    private static object Sample(Type type, string name)
    {
        if (type == typeof(string))
            return name;
        if (type == typeof(bool?))
            return true;
        if (type == typeof(int?))
            return name.Length;
        if (type == typeof(long?))
            return name.Length + (1L << 40);
        if (type == typeof(double?))
            return name.Length + 0.5;
        if (type == typeof(DateTime?))
            return SampleTime.AddSeconds(name.Length);
        if (type.IsAssignableTo(typeof(ConstantClass)))
            return Activator.CreateInstance(type, name)!;
        if (type == typeof(Dictionary<string, List<string>>))
            return new Dictionary<string, List<string>> { ["one"] = ["a"], ["another"] = ["b", "c"] };
        if (!type.IsAssignableTo(typeof(IList)))
            return Filled(type);
        var list = (IList)Activator.CreateInstance(type)!;
        list.Add(Sample(type.GenericTypeArguments[0], name + "1"));
        list.Add(Sample(type.GenericTypeArguments[0], name + "2"));
        return list;
    }
}
