// S3 as AWS's npm client meets it, with the checksums that it sends by itself.
import { readFileSync } from "node:fs";
import { Readable } from "node:stream";
import * as aws from "@aws-sdk/client-s3";

const {
  AbortMultipartUploadCommand, CompleteMultipartUploadCommand, CreateMultipartUploadCommand, DeleteObjectCommand, GetBucketLocationCommand,
  GetBucketVersioningCommand, GetObjectCommand, GetObjectTaggingCommand, HeadBucketCommand, HeadObjectCommand, ListBucketsCommand,
  ListObjectVersionsCommand, ListObjectsV2Command, ListPartsCommand, PutObjectCommand, S3Client, UploadPartCommand,
} = aws;

export async function scenarios(run, place, make) {
  const client = make(S3Client);
  const Bucket = place.bucket;
  const key = (name) => `${place.own}/${name}`;
  const at = (name, more = {}) => ({ Bucket, Key: key(name), ...more });
  const call = (Command, input) => run.call(client, Command, input);
  const refused = (Command, input, error, what) => run.refused(client, Command, input, error, what);
  const lacks = Bucket ? "" : "--bucket";
  if (Bucket) place.cleanup.push(clear);

  await run.scenario("s3: bundles", async () => {
    for (const [name, file] of Object.entries(place.bundleFiles)) {
      const put = await call(PutObjectCommand, at(`${name}.tgz`, { Body: readFileSync(file) }));
      run.check(`${name} is put`, put.ETag?.startsWith('"'), put);
      place.bundles[name] = key(`${name}.tgz`);
    }
  }, lacks, { always: true });

  await run.scenario("s3: an object", async () => {
    const Body = Buffer.from("the first words\n");
    const put = await call(PutObjectCommand, at("a/one.txt", { Body, ContentType: "text/plain", Metadata: { origin: "conformance" }, Tagging: "purpose=conformance" }));
    run.check("the client's checksum comes back", typeof put.ChecksumCRC32 === "string" && put.ChecksumType === "FULL_OBJECT", put);
    const got = await call(GetObjectCommand, at("a/one.txt"));
    run.check("the same bytes come back", (await got.Body.transformToString()) === Body.toString());
    run.check("... and what was said of them", got.ContentType === "text/plain" && got.Metadata.origin === "conformance" && got.TagCount === 1 && got.ETag === put.ETag, got);
    const head = await call(HeadObjectCommand, at("a/one.txt", { ChecksumMode: "ENABLED" }));
    run.check("HeadObject says the same", head.ContentLength === Body.length && head.ChecksumCRC32 === put.ChecksumCRC32, head);
    const tags = await call(GetObjectTaggingCommand, at("a/one.txt"));
    run.check("the tags are kept", tags.TagSet?.[0]?.Value === "conformance", tags);
    const part = await call(GetObjectCommand, at("a/one.txt", { Range: "bytes=4-8" }));
    run.check("a range is a part", (await part.Body.transformToString()) === "first" && part.ContentRange === `bytes 4-8/${Body.length}`, part);
    await refused(GetObjectCommand, at("a/one.txt", { Range: "bytes=999-" }), "InvalidRange");
    await refused(GetObjectCommand, at("a/none.txt"), "NoSuchKey");
    await refused(HeadObjectCommand, at("a/none.txt"), "NotFound");
    await refused(GetObjectCommand, { Bucket: `${place.own}-no-such-bucket`, Key: "a" }, "NoSuchBucket");
    await refused(PutObjectCommand, at("a/two.txt", { Body, ContentMD5: "AAAAAAAAAAAAAAAAAAAAAA==" }), "BadDigest");
    await refused(PutObjectCommand, at("a/two.txt", { Body, ContentMD5: "short" }), "InvalidDigest");
    await refused(PutObjectCommand, at("x".repeat(1025), { Body }), "KeyTooLongError", "a key of more than 1024 bytes");
  }, lacks);

  await run.scenario("s3: checksums", async () => {
    const Body = Buffer.from("checked ".repeat(1000));
    for (const algorithm of ["CRC32", "CRC32C", "SHA1", "SHA256", "CRC64NVME"]) {
      const put = await call(PutObjectCommand, at(`sums/${algorithm}`, { Body, ChecksumAlgorithm: algorithm }));
      run.check(`${algorithm} comes back`, typeof put[`Checksum${algorithm}`] === "string", put);
      const got = await call(GetObjectCommand, at(`sums/${algorithm}`, { ChecksumMode: "ENABLED" }));
      run.check("... and fits what is got", (await got.Body.transformToByteArray()).length === Body.length, got);
    }
    const streamed = await call(PutObjectCommand, at("sums/stream", { Body: Readable.from([Body]), ContentLength: Body.length }));
    run.check("a stream is put with its checksum behind it", typeof streamed.ChecksumCRC32 === "string", streamed);
    await refused(PutObjectCommand, at("sums/wrong", { Body, ChecksumCRC32: "AAAAAA==" }), "BadDigest");
  }, lacks);

  await run.scenario("s3: conditions", async () => {
    const Body = Buffer.from("once");
    const put = await call(PutObjectCommand, at("once", { Body, IfNoneMatch: "*" }));
    run.check("what is not there can be put once", typeof put.ETag === "string", put);
    await refused(PutObjectCommand, at("once", { Body, IfNoneMatch: "*" }), "PreconditionFailed");
    await refused(PutObjectCommand, at("once", { Body, IfMatch: '"0123456789abcdef0123456789abcdef"' }), "PreconditionFailed");
    const replaced = await call(PutObjectCommand, at("once", { Body: Buffer.from("twice"), IfMatch: put.ETag }));
    run.check("what is as it was can be replaced", replaced.ETag !== put.ETag, replaced);
    await refused(GetObjectCommand, at("once", { IfMatch: put.ETag }), "PreconditionFailed");
    const unchanged = await call(GetObjectCommand, at("once", { IfNoneMatch: replaced.ETag }));
    run.check("what is unchanged is 304", unchanged.status === 304, unchanged);
    const later = await call(GetObjectCommand, at("once", { IfModifiedSince: new Date(Date.now() + 1000) }));
    run.check("... also by its time", later.status === 304 || later.status === 200 || later.Body, later);
  }, lacks);

  await run.scenario("s3: versions", async () => {
    await call(GetBucketVersioningCommand, { Bucket });
    const one = await call(PutObjectCommand, at("versions/a", { Body: Buffer.from("1") }));
    const two = await call(PutObjectCommand, at("versions/a", { Body: Buffer.from("2") }));
    run.check("each put is a version", one.VersionId && two.VersionId && one.VersionId !== two.VersionId, [one, two]);
    const old = await call(GetObjectCommand, at("versions/a", { VersionId: one.VersionId }));
    run.check("an old version can be got", (await old.Body.transformToString()) === "1");
    const deleted = await call(DeleteObjectCommand, at("versions/a"));
    run.check("what is deleted is marked", deleted.DeleteMarker === true && deleted.VersionId, deleted);
    await refused(GetObjectCommand, at("versions/a"), "NoSuchKey");
    await refused(GetObjectCommand, at("versions/a", { VersionId: deleted.VersionId }), "MethodNotAllowed");
    await refused(GetObjectCommand, at("versions/a", { VersionId: "nonsense" }), "InvalidArgument");
    const listed = await call(ListObjectVersionsCommand, { Bucket, Prefix: key("versions/") });
    run.check("all versions are listed, the newest first", listed.Versions?.map((each) => each.VersionId).join() === `${two.VersionId},${one.VersionId}` && listed.DeleteMarkers?.[0]?.IsLatest, listed);
    const page = await call(ListObjectVersionsCommand, { Bucket, Prefix: key("versions/"), MaxKeys: 1 });
    run.check("... in pages", page.IsTruncated && page.NextKeyMarker === key("versions/a"), page);
    await call(DeleteObjectCommand, at("versions/a", { VersionId: deleted.VersionId }));
    const again = await call(GetObjectCommand, at("versions/a"));
    run.check("without the mark it is back", (await again.Body.transformToString()) === "2");
  }, lacks);

  await run.scenario("s3: lists", async () => {
    await call(HeadBucketCommand, { Bucket });
    await call(GetBucketLocationCommand, { Bucket });
    await refused(HeadBucketCommand, { Bucket: `${place.own}-no-such-bucket` }, "NotFound");
    for (const name of ["a", "b/1", "b/2", "c d+é"]) await call(PutObjectCommand, at(`list/${name}`, { Body: Buffer.from(name) }));
    const folders = await call(ListObjectsV2Command, { Bucket, Prefix: key("list/"), Delimiter: "/" });
    run.check("a delimiter makes folders", folders.CommonPrefixes?.[0]?.Prefix === key("list/b/") && folders.Contents?.length === 2 && folders.KeyCount === 3, folders);
    const first = await call(ListObjectsV2Command, { Bucket, Prefix: key("list/"), MaxKeys: 3, EncodingType: "url", FetchOwner: true });
    run.check("a page tells that there are more", first.IsTruncated && first.NextContinuationToken && first.KeyCount === 3, first);
    const found = [];
    for await (const page of aws.paginateListObjectsV2({ client, pageSize: 2 }, { Bucket, Prefix: key("list/") })) found.push(...page.Contents.map((each) => each.Key));
    run.check("the paginator finds all", found.join() === ["a", "b/1", "b/2", "c d+é"].map((name) => key(`list/${name}`)).join(), found);
    await refused(ListObjectsV2Command, { Bucket, ContinuationToken: "nonsense" }, "InvalidArgument");
    const { Buckets } = await run.call(client, ListBucketsCommand, {}, { quiet: true });
    run.check("ListBuckets finds the bucket", Buckets?.some((each) => each.Name === Bucket), Buckets);
  }, lacks);

  await run.scenario("s3: in parts", async () => {
    const parts = [Buffer.alloc(5 * 1024 * 1024, "a"), Buffer.from("the rest")];
    const begin = (name, more) => call(CreateMultipartUploadCommand, at(name, more));
    const { UploadId } = await begin("parts", { ContentType: "text/plain", ChecksumAlgorithm: "CRC32" });
    const sent = [];
    for (const [index, Body] of parts.entries()) {
      const { ETag, ChecksumCRC32 } = await call(UploadPartCommand, at("parts", { UploadId, PartNumber: index + 1, Body, ChecksumAlgorithm: "CRC32" }));
      sent.push({ ETag, ChecksumCRC32, PartNumber: index + 1 });
    }
    const listed = await call(ListPartsCommand, at("parts", { UploadId }));
    run.check("ListParts has both", listed.Parts?.map((part) => part.Size).join() === parts.map((part) => part.length).join(), listed);
    await refused(CompleteMultipartUploadCommand, at("parts", { UploadId, MultipartUpload: { Parts: [...sent].reverse() } }), "InvalidPartOrder", "in a wrong order");
    await refused(CompleteMultipartUploadCommand, at("parts", { UploadId, MultipartUpload: { Parts: [{ ETag: '"0123456789abcdef0123456789abcdef"', PartNumber: 1 }] } }), "InvalidPart", "of a part that is not");
    const whole = await call(CompleteMultipartUploadCommand, at("parts", { UploadId, MultipartUpload: { Parts: sent } }));
    run.check("the whole is there", whole.ETag?.endsWith('-2"') && whole.Bucket === Bucket, whole);
    const head = await call(HeadObjectCommand, at("parts", { ChecksumMode: "ENABLED" }));
    run.check("... as long as its parts", head.ContentLength === parts[0].length + parts[1].length, head);
    await refused(ListPartsCommand, at("parts", { UploadId }), "NoSuchUpload");
    const small = await begin("small");
    const ids = { UploadId: small.UploadId };
    const tags = [];
    for (const PartNumber of [1, 2]) tags.push({ PartNumber, ETag: (await call(UploadPartCommand, at("small", { ...ids, PartNumber, Body: Buffer.from("small") }))).ETag });
    await refused(CompleteMultipartUploadCommand, at("small", { ...ids, MultipartUpload: { Parts: tags } }), "EntityTooSmall", "of small parts");
    await call(AbortMultipartUploadCommand, at("small", ids));
    await refused(AbortMultipartUploadCommand, at("small", ids), "NoSuchUpload");
  }, lacks);

  /** All versions of what this run put. */
  async function clear() {
    const found = [];
    for (let marker = {}; marker; ) {
      const page = await run.call(client, ListObjectVersionsCommand, { Bucket, Prefix: `${place.own}/`, ...marker }, { quiet: true });
      found.push(...(page.Versions ?? []), ...(page.DeleteMarkers ?? []));
      marker = page.IsTruncated && { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
    }
    for (const { Key, VersionId } of found) await run.call(client, DeleteObjectCommand, { Bucket, Key, VersionId: VersionId === "null" ? undefined : VersionId }, { quiet: true });
  }
}
