namespace Amazon.CodeDeploy.Model;

public class EC2TagSet
{
    public List<List<EC2TagFilter>> Ec2TagSetList { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

public class EC2TagFilter
{
    public string Key { get; set; }
    public EC2TagFilterType Type { get; set; }
    public string Value { get; set; }
}

public class OnPremisesTagSet
{
    public List<List<TagFilter>> OnPremisesTagSetList { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

public class TagFilter
{
    public string Key { get; set; }
    public TagFilterType Type { get; set; }
    public string Value { get; set; }
}
