namespace MacroPortfolio.Simulator.Tests.World;

/// <summary>What does not matter to a test.</summary>
internal static class Some
{
    public const string Commit = "0123456789abcdef0123456789abcdef01234567";

    /// <summary>A world with all that the front serves, and a repository without git.</summary>
    public const string World = $$"""
        github:
          repositories:
            - name: acme/macro-portfolio
              pulls:
                - { number: 12, title: "Add duration buckets", author: lee, head: feature, base: main, labels: [risk-management] }
          job: { sha: "{{Commit}}", environment: gray }
        iam:
          users:
            - name: dana
              access-key-id: AKIAIOSFODNN7EXAMPLE
              secret-access-key: wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
              policies: [{ Statement: { Effect: Allow, Action: "*", Resource: "*" } }]
            - name: lee
              access-key-id: AKIALEE
              secret-access-key: lee-secret
          roles:
            - arn: arn:aws:iam::123456789012:role/macro-portfolio-gray
              trust:
                Version: "2012-10-17"
                Statement:
                  - Effect: Allow
                    Principal: { Federated: "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com" }
                    Action: "sts:AssumeRoleWithWebIdentity"
                    Condition:
                      StringEquals:
                        "token.actions.githubusercontent.com:aud": sts.amazonaws.com
                        "token.actions.githubusercontent.com:sub": "repo:acme/macro-portfolio:environment:gray"
              policies:
                - Statement: [{ Effect: Allow, Action: ["codedeploy:*", "ec2:DescribeInstances", "sts:AssumeRole"], Resource: "*" }]
            - arn: arn:aws:iam::123456789012:role/chained
              max-session-seconds: 7200
              trust:
                Statement: { Effect: Allow, Principal: { AWS: "arn:aws:iam::123456789012:root" }, Action: "sts:AssumeRole" }
            - arn: arn:aws:iam::999999999999:role/elsewhere
              trust:
                Statement: { Effect: Allow, Principal: { AWS: "123456789012" }, Action: "sts:AssumeRole", Condition: { StringEquals: { "sts:ExternalId": macro } } }
        s3:
          buckets: [{ name: bundles }]
        instances:
          - { id: i-0a, zone: ap-east-1a, tags: { Name: gray-1, Release: gray } }
          - { id: i-0b, zone: ap-east-1b, tags: { Name: gray-2, Release: gray } }
          - { id: i-0c, zone: ap-east-1a, tags: { Name: stable-1, Release: stable } }
        """;
}
