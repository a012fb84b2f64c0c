using System.Text;

namespace MacroPortfolio.EndToEnd.Tests.Harness;

/// <summary>An application of the world: its group <c>gray</c> and its group <c>stable</c> of two instances each, touched by no other application.</summary>
public sealed record Application(string Name, int Number)
{
    public IReadOnlyList<string> Gray => [Instance('a', 1), Instance('a', 2)];
    public IReadOnlyList<string> Stable => [Instance('b', 1), Instance('b', 2)];

    private string Instance(char group, int number) => $"i-0{Number:x8}{group}{number:x7}";
}

/// <summary>The world file of a test's cloud.</summary>
internal static class World
{
    public const string AccessKey = "AKIAIOSFODNN7EXAMPLE";
    public const string SecretKey = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    public const string Region = "eu-west-1";
    public const string Repository = "acme/macro-portfolio";
    public const string GrayRole = "arn:aws:iam::123456789012:role/macro-portfolio-gray";
    public const string ProductionRole = "arn:aws:iam::123456789012:role/macro-portfolio-production";
    public const string StatusRole = "arn:aws:iam::123456789012:role/macro-portfolio-status";
    public const string BundleRole = "arn:aws:iam::123456789012:role/macro-portfolio-bundles";
    public const string LaptopRole = "arn:aws:iam::123456789012:role/macro-portfolio-laptop";

    private const string Reads = "'codedeploy:Get*', 'codedeploy:List*', 'codedeploy:BatchGet*'";
    private const string Bundles = "'s3:ListBucket', 's3:GetObject', 's3:PutObject', 's3:PutObjectTagging', 's3:AbortMultipartUpload'";
    private const string Writes = "'codedeploy:CreateDeployment', 'codedeploy:RegisterApplicationRevision', 'codedeploy:StopDeployment'";

    /// <param name="gray">More keys of the group gray, such as <c>auto-rollback: [DEPLOYMENT_FAILURE]</c>.</param>
    public static string Render(IReadOnlyList<Application> applications, string gray = "")
    {
        var yaml = new StringBuilder($$"""
            region: {{Region}}
            github:
              repositories:
                - name: {{Repository}}
                  git: ./site
                  pulls:
                    - { number: 12, title: "Add duration buckets to the risk view", author: dana, head: v2, state: merged }
                    - { number: 13, title: "Round the weights", author: lee, head: v3, state: merged }
                    - { number: 14, title: "Draw the yield curve", author: dana, head: feature, state: open }
                    - { number: 15, title: "Check the feed", author: lee, head: broken, state: open }
                    - { number: 16, title: "Say the password", author: lee, head: telltale, state: open }
              job: { sha: v1, environment: gray }
              limits: { requests-per-hour: 100000, points-per-minute: 100000, content-per-minute: 10000, content-per-hour: 10000 }
            iam:
              users:
                - name: dana
                  access-key-id: {{AccessKey}}
                  secret-access-key: {{SecretKey}}
                  policies:
                    - { Version: "2012-10-17", Statement: [{ Effect: Allow, Action: "*", Resource: "*" }] }
              roles:
            {{Role(GrayRole, "environment:gray", $"{Reads}, {Writes}")}}
            {{Role(ProductionRole, "environment:production", $"{Reads}, {Writes}")}}
            {{Role(StatusRole, "*", Reads)}}
            {{Role(BundleRole, "*", $"{Reads}, {Writes}, {Bundles}")}}
                - arn: {{LaptopRole}}
                  trust:
                    Version: "2012-10-17"
                    Statement: [{ Effect: Allow, Principal: { AWS: "arn:aws:iam::123456789012:user/dana" }, Action: "sts:AssumeRole" }]
                  policies:
                    - { Version: "2012-10-17", Statement: [{ Effect: Allow, Action: "codedeploy:*", Resource: "*" }] }
            s3:
              buckets:
                - { name: bundles, versioned: true }
                - { name: loose }
            codedeploy:
              applications:

            """);
        foreach (var application in applications)
        {
            yaml.Append($$"""
                    - name: {{application.Name}}
                      linked-to-github: true
                      deployment-groups:
                        - name: gray
                          ec2-tag-filters: [{ Key: Release, Value: {{application.Name}}-gray, Type: KEY_AND_VALUE }]
                          deployment-config: CodeDeployDefault.AllAtOnce
                          {{gray}}
                        - name: stable
                          ec2-tag-filters: [{ Key: Release, Value: {{application.Name}}-stable, Type: KEY_AND_VALUE }]
                          deployment-config: CodeDeployDefault.HalfAtATime

                """);
        }

        yaml.Append("instances:\n");
        foreach (var application in applications)
        {
            foreach (var (id, release) in application.Gray.Select(id => (id, "gray")).Concat(application.Stable.Select(id => (id, "stable"))))
            {
                yaml.Append($"  - {{ id: {id}, tags: {{ Name: {application.Name}, Release: {application.Name}-{release} }}, event-seconds: 0.01 }}\n");
            }
        }

        return yaml.ToString();
    }

    private static string Role(string arn, string sub, string actions) => $$"""
            - arn: {{arn}}
              trust:
                Version: "2012-10-17"
                Statement:
                  - Effect: Allow
                    Principal: { Federated: "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com" }
                    Action: "sts:AssumeRoleWithWebIdentity"
                    Condition:
                      StringEquals: { "token.actions.githubusercontent.com:aud": sts.amazonaws.com }
                      StringLike: { "token.actions.githubusercontent.com:sub": "repo:{{Repository}}:{{sub}}" }
              policies:
                - { Version: "2012-10-17", Statement: [{ Effect: Allow, Action: [{{actions}}], Resource: "*" }] }
        """;
}
