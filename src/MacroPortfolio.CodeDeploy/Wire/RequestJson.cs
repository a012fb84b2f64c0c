using System.Globalization;
using System.Text.Json;
using Amazon.Runtime.Internal.Util;

namespace Amazon.CodeDeploy.Wire;

/// <summary>
/// How members of a request are written: null is left out, and an empty list is sent, because to the service it is a value
/// (unless the process has AWSConfigs.InitializeCollections, where every list begins empty).
/// </summary>
internal static class RequestJson
{
    extension(Utf8JsonWriter json)
    {
        public void Text(string name, string value)
        {
            if (value is not null)
                json.WriteString(name, value);
        }

        public void Flag(string name, bool? value)
        {
            if (value is { } flag)
                json.WriteBoolean(name, flag);
        }

        /// <summary>Epoch seconds, rounded to whole ones as the official package does.</summary>
        public void Moment(string name, DateTime? value)
        {
            if (value is { } moment)
                json.WriteNumber(name, Convert.ToInt64(double.Parse(StringUtils.FromDateTimeToUnixTimestamp(moment), CultureInfo.InvariantCulture)));
        }

        public void Member<T>(string name, T value, Action<Utf8JsonWriter, T> writeMembers)
            where T : class
        {
            if (value is null)
                return;
            json.WritePropertyName(name);
            json.Object(value, writeMembers);
        }

        public void Texts(string name, List<string> values) => json.List(name, values, static (json, text) => json.WriteStringValue(text));

        public void Members<T>(string name, List<T> values, Action<Utf8JsonWriter, T> writeMembers) =>
            json.List(name, values, (json, value) => json.Object(value, writeMembers));

        public void List<T>(string name, List<T> values, Action<Utf8JsonWriter, T> writeItem)
        {
            if (!IsSet(values))
                return;
            json.WritePropertyName(name);
            json.Array(values, writeItem);
        }

        public void Map(string name, Dictionary<string, List<string>> map)
        {
            if (!IsSet(map))
                return;
            json.WritePropertyName(name);
            json.Object(map, static (json, map) =>
            {
                foreach (var (key, values) in map)
                    json.Texts(key, values);
            });
        }

        public void Object<T>(T value, Action<Utf8JsonWriter, T> writeMembers)
        {
            json.WriteStartObject();
            writeMembers(json, value);
            json.WriteEndObject();
        }

        public void Array<T>(List<T> values, Action<Utf8JsonWriter, T> writeItem)
        {
            json.WriteStartArray();
            foreach (var value in values)
                writeItem(json, value);
            json.WriteEndArray();
        }
    }

    private static bool IsSet(System.Collections.ICollection values) => values is not null && (values.Count > 0 || !AWSConfigs.InitializeCollections);
}
