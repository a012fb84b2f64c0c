using Amazon.CodeDeploy.Model;

namespace Amazon.CodeDeploy.Wire;

internal static class TagsAnswers
{
    public static readonly Structure<EC2TagFilter> EC2TagFilter = new Structure<EC2TagFilter>()
        .Text("Key", (x, value) => x.Key = value)
        .Text("Type", (x, value) => x.Type = value)
        .Text("Value", (x, value) => x.Value = value);

    public static readonly Structure<EC2TagSet> EC2TagSet = new Structure<EC2TagSet>()
        .Lists("ec2TagSetList", EC2TagFilter, (x, value) => x.Ec2TagSetList = value);

    public static readonly Structure<TagFilter> TagFilter = new Structure<TagFilter>()
        .Text("Key", (x, value) => x.Key = value)
        .Text("Type", (x, value) => x.Type = value)
        .Text("Value", (x, value) => x.Value = value);

    public static readonly Structure<OnPremisesTagSet> OnPremisesTagSet = new Structure<OnPremisesTagSet>()
        .Lists("onPremisesTagSetList", TagFilter, (x, value) => x.OnPremisesTagSetList = value);
}
