using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using Amazon.Runtime;

namespace Amazon.CodeDeploy.Surface;

/// <summary>Objects of the model from JSON and to JSON, under the names that the properties have: how the client writes and reads is not consulted.</summary>
internal static class Values
{
    public static PropertyInfo[] MembersOf(Type type) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly);

    public static object? FromJson(JsonNode? json, Type type)
    {
        if (json is null)
            return null;
        if (type == typeof(string))
            return (string)json!;
        if (Nullable.GetUnderlyingType(type) is { } value)
            return Scalar(json, value);
        if (type.IsSubclassOf(typeof(ConstantClass)))
            return type.GetMethod("FindValue", [typeof(string)])!.Invoke(null, [(string)json!]);

        var instance = Activator.CreateInstance(type)!;
        if (IsListOf(type, out var item))
        {
            foreach (var element in json.AsArray())
                ((IList)instance).Add(FromJson(element, item));
        }
        else if (IsMapOf(type, out item))
        {
            foreach (var (key, element) in json.AsObject())
                ((IDictionary)instance).Add(key, FromJson(element, item));
        }
        else
        {
            foreach (var (name, member) in json.AsObject())
            {
                var property = type.GetProperty(name) ?? throw new UnknownMemberException($"{type.Name} has no member {name}.");
                property.SetValue(instance, FromJson(member, property.PropertyType));
            }
        }
        return instance;
    }

    public static JsonNode? ToJson(object? value) => value switch
    {
        null => null,
        string text => JsonValue.Create(text),
        bool flag => JsonValue.Create(flag),
        int number => JsonValue.Create(number),
        long number => JsonValue.Create(number),
        double number => JsonValue.Create(number),
        // .NET's clients read 0.123 s as 0.1229999 s; a millisecond is as much as JavaScript's Date can hold.
        DateTime time => JsonValue.Create(time.AddTicks(TimeSpan.TicksPerMillisecond / 2).ToString("yyyy-MM-ddTHH:mm:ss.fffK", CultureInfo.InvariantCulture)),
        ConstantClass constant => JsonValue.Create(constant.Value),
        IDictionary map => new JsonObject(map.Keys.Cast<string>().Select(key => KeyValuePair.Create(key, ToJson(map[key])))),
        IList list => new JsonArray([.. list.Cast<object>().Select(ToJson)]),
        _ => new JsonObject(
            from member in MembersOf(value.GetType())
            where member.GetValue(value) is not null
            select KeyValuePair.Create(member.Name, ToJson(member.GetValue(value)))),
    };

    public static bool IsListOf(Type type, [NotNullWhen(true)] out Type? item) => IsOf(type, typeof(List<>), out item);

    public static bool IsMapOf(Type type, [NotNullWhen(true)] out Type? item) => IsOf(type, typeof(Dictionary<,>), out item);

    private static bool IsOf(Type type, Type collection, [NotNullWhen(true)] out Type? item)
    {
        item = type.IsGenericType && type.GetGenericTypeDefinition() == collection ? type.GenericTypeArguments[^1] : null;
        return item is not null;
    }

    private static object Scalar(JsonNode json, Type type) => type.Name switch
    {
        nameof(Boolean) => (bool)json,
        nameof(Int32) => (int)json,
        nameof(Int64) => (long)json,
        nameof(Double) => (double)json,
        nameof(DateTime) => DateTime.Parse((string)json!, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
        _ => throw new InvalidOperationException($"{type.Name} is no type that a member has."),
    };
}

internal sealed class UnknownMemberException(string message) : Exception(message);
