using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Xml;
using Amazon;
using Amazon.Runtime;
using MacroPortfolio.Action.Aws;
using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Releases;

namespace MacroPortfolio.Action.Checks;

/// <summary>
/// The state of CloudWatch alarms: the one call of a service whose package is not to be had everywhere, by its query protocol.
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html
/// </summary>
/// <param name="endpoint">Where the service is, if not where AWS has it.</param>
internal sealed class AlarmReader(HttpClient http, AWSCredentials credentials, RegionName region, Uri? endpoint, TimeProvider time)
{
    private const string Service = "monitoring";
    private const string ContentType = "application/x-www-form-urlencoded; charset=utf-8";

    /// <returns>CloudWatch's word by name; an alarm that is not there is left out.</returns>
    public async Task<IReadOnlyDictionary<string, string>> StatesAsync(IReadOnlyList<string> names, CancellationToken ct)
    {
        var address = endpoint ?? new Uri($"https://{Service}.{region}.{RegionEndpoint.GetBySystemName(region.Value).PartitionDnsSuffix}/");
        var form = string.Concat(
            "Action=DescribeAlarms&Version=2010-08-01&AlarmTypes.member.1=MetricAlarm&AlarmTypes.member.2=CompositeAlarm",
            string.Concat(names.Select((name, at) => $"&AlarmNames.member.{at + 1}={Uri.EscapeDataString(name)}")));
        using var request = Signed(new Uri(address, "/"), form, await credentials.GetCredentialsAsync());
        using var answer = await http.SendAsync(request, ct);
        var text = await answer.Content.ReadAsStringAsync(ct);
        var found = Read(text);
        return answer.StatusCode switch
        {
            HttpStatusCode.OK => found.States,
            HttpStatusCode.Forbidden => throw Denial.Explain(found.Code, found.Message, "read alarms", [new Permission("*", "cloudwatch:DescribeAlarms")], new AmazonServiceException(found.Message)),
            var status => throw new DeployException(Outcome.Failed, $"CloudWatch would not tell the state of alarms (HTTP {(int)status} {found.Code}): {found.Message}", "Run the check again."),
        };
    }

    private HttpRequestMessage Signed(Uri address, string form, ImmutableCredentials keys)
    {
        var stamp = time.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var scope = $"{stamp[..8]}/{region}/{Service}/aws4_request";
        // A person's own keys have no session.
        var (session, headers) = string.IsNullOrEmpty(keys.Token)
            ? ("", "content-type;host;x-amz-date")
            : ($"x-amz-security-token:{keys.Token}\n", "content-type;host;x-amz-date;x-amz-security-token");
        var canonical = $"POST\n/\n\ncontent-type:{ContentType}\nhost:{address.Authority}\nx-amz-date:{stamp}\n{session}\n{headers}\n{Hash(form)}";
        var key = new[] { stamp[..8], region.Value, Service, "aws4_request" }.Aggregate(Encoding.UTF8.GetBytes($"AWS4{keys.SecretKey}"), Mac);
        var signature = Convert.ToHexStringLower(Mac(key, $"AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{Hash(canonical)}"));
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(form, Encoding.UTF8) };
        request.Content.Headers.Remove("Content-Type");
        request.Content.Headers.TryAddWithoutValidation("Content-Type", ContentType);
        request.Headers.TryAddWithoutValidation("x-amz-date", stamp);
        if (session.Length > 0)
        {
            request.Headers.TryAddWithoutValidation("x-amz-security-token", keys.Token);
        }

        request.Headers.TryAddWithoutValidation("Authorization", $"AWS4-HMAC-SHA256 Credential={keys.AccessKey}/{scope}, SignedHeaders={headers}, Signature={signature}");
        return request;
    }

    private static (IReadOnlyDictionary<string, string> States, string Code, string Message) Read(string text)
    {
        var (states, code, message, name) = (new Dictionary<string, string>(), "", "", "");
        try
        {
            using var reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
            while (!reader.EOF)
            {
                if (reader.NodeType != XmlNodeType.Element || reader.LocalName is not ("AlarmName" or "StateValue" or "Code" or "Message"))
                {
                    reader.Read();
                    continue;
                }

                var (field, value) = (reader.LocalName, reader.ReadElementContentAsString());
                switch (field)
                {
                    case "AlarmName":
                        name = value;
                        break;

                    case "StateValue":
                        states[name] = value;
                        break;

                    case "Code":
                        code = value;
                        break;

                    default:
                        message = value;
                        break;
                }
            }
        }
        catch (XmlException ex)
        {
            return (states, "", $"the answer cannot be read: {ex.Message}");
        }

        return (states, code, message);
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static byte[] Mac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));
}
