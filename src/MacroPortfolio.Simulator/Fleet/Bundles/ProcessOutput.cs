using System.Diagnostics;

namespace MacroPortfolio.Simulator.Fleet.Bundles;

/// <summary>What a process writes, as a stream that ends well only if the process did. Disposing it ends the process.</summary>
internal sealed class ProcessOutput : Stream
{
    private readonly Process _process;
    private readonly Task<string> _errors;
    private byte[] _first = [];
    private int _taken;
    private bool _disposed;

    public ProcessOutput(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
    }

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    private Stream Output => _process.StandardOutput.BaseStream;

    /// <summary>Reads ahead and says whether there was anything.</summary>
    public async Task<bool> FillAsync(int count, CancellationToken ct)
    {
        _first = new byte[count];
        var read = await Output.ReadAtLeastAsync(_first, count, throwOnEndOfStream: false, ct);
        _first = _first[..read];
        return read > 0;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_taken < _first.Length)
        {
            var count = Math.Min(buffer.Length, _first.Length - _taken);
            _first.AsMemory(_taken, count).CopyTo(buffer);
            _taken += count;
            return count;
        }

        var read = await Output.ReadAsync(buffer, cancellationToken);
        if (read == 0 && buffer.Length > 0)
        {
            await _process.WaitForExitAsync(cancellationToken);
            if (_process.ExitCode != 0)
                throw new IOException($"{_process.StartInfo.FileName} ended with {_process.ExitCode}: {(await _errors).Trim()}");
        }

        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_disposed)
        {
            _disposed = true;
            if (!_process.HasExited)
                _process.Kill();
            _process.Dispose();
        }

        base.Dispose(disposing);
    }
}
