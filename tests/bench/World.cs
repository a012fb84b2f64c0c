using System.Globalization;
using System.Text;

namespace MacroPortfolio.Bench;

/// <summary>A deployment group of a world made for a measurement.</summary>
internal sealed record Group(string Name, int Instances, string Config = "CodeDeployDefault.AllAtOnce");

/// <summary>World files: one application, its groups, one role for the job and one user for the peer.</summary>
internal static class World
{
    public const string Application = "macro-portfolio";
    public const string Role = "arn:aws:iam::123456789012:role/macro-portfolio-gray";
    public const string AccessKey = "AKIAIOSFODNN7EXAMPLE";
    public const string SecretKey = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    public const string Region = "ap-east-1";
    public const string Repository = "acme/macro-portfolio";

    public static string Render(double eventSeconds, IReadOnlyList<Group> groups)
    {
        var yaml = new StringBuilder($$"""
            region: {{Region}}
            github:
              repositories:
                - name: {{Repository}}
                  git: ./site
                  pulls: [{ number: 11, title: "Model allocation", author: dana, head: main, base: main, state: merged }]
              job: { sha: main, environment: gray }
            iam:
              users:
                - name: dana
                  access-key-id: {{AccessKey}}
                  secret-access-key: {{SecretKey}}
                  policies: [{ Version: "2012-10-17", Statement: [{ Effect: Allow, Action: "*", Resource: "*" }] }]
              roles:
                - arn: {{Role}}
                  trust:
                    Version: "2012-10-17"
                    Statement:
                      - Effect: Allow
                        Principal: { Federated: "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com" }
                        Action: "sts:AssumeRoleWithWebIdentity"
                        Condition:
                          StringEquals:
                            "token.actions.githubusercontent.com:aud": sts.amazonaws.com
                            "token.actions.githubusercontent.com:sub": "repo:{{Repository}}:environment:gray"
                  policies: [{ Version: "2012-10-17", Statement: [{ Effect: Allow, Action: ["codedeploy:*", "s3:*"], Resource: "*" }] }]
            s3: { buckets: [{ name: bundles, versioned: true }] }
            codedeploy:
              applications:
                - name: {{Application}}
                  linked-to-github: true
                  deployment-groups:

            """);
        foreach (var group in groups)
        {
            yaml.Append(CultureInfo.InvariantCulture, $$"""
                        - { name: {{group.Name}}, ec2-tag-filters: [{ Key: Release, Value: {{group.Name}}, Type: KEY_AND_VALUE }], deployment-config: {{group.Config}} }

                """);
        }

        yaml.Append("instances:\n");
        foreach (var (group, number) in groups.Select((group, number) => (group, number)))
        {
            for (var instance = 1; instance <= group.Instances; instance++)
            {
                yaml.Append(CultureInfo.InvariantCulture, $"  - {{ id: i-0{number:x8}{instance:x8}, tags: {{ Name: {group.Name}-{instance}, Release: {group.Name} }}, event-seconds: {eventSeconds} }}\n");
            }
        }

        return yaml.ToString();
    }
}
