using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.Loader;
using OvermindGui.Core.Terminal;

namespace OvermindGui.Benchmarks;

/// <summary>The terminal model of any build.</summary>
internal sealed class TerminalModel
{
    private const int ChunkSize = 64 * 1024;

    private delegate void Feed(ReadOnlySpan<byte> output);

    private readonly Type _type;
    private readonly object?[] _arguments;
    private readonly MethodInfo _complete;

    private TerminalModel(Assembly core)
    {
        _type = core.GetType(typeof(LineAssembler).FullName!)!;
        _complete = _type.GetMethod(nameof(LineAssembler.Complete))!;
        var constructor = _type.GetConstructors().Single();
        var size = core.GetType(typeof(TerminalSize).FullName!)!.GetProperty(nameof(TerminalSize.Default))!.GetValue(null);
        var receiver = Ignore(core.GetType(typeof(LineReceiver).FullName!)!);
        _arguments = [size, receiver, .. constructor.GetParameters()[2..].Select(_ => (object?)null)];
    }

    public static TerminalModel Of(string folder) =>
        new(new AssemblyLoadContext(folder).LoadFromAssemblyPath(Path.Combine(folder, "OvermindGui.Core.dll")));

    public void Run(ReadOnlySpan<byte> output)
    {
        var model = Activator.CreateInstance(_type, _arguments)!;
        var feed = _type.GetMethod(nameof(LineAssembler.Feed))!.CreateDelegate<Feed>(model);
        for (; output.Length > ChunkSize; output = output[ChunkSize..]) feed(output[..ChunkSize]);
        feed(output);
        _complete.Invoke(model, null);
    }

    private static Delegate Ignore(Type receiver)
    {
        var parameters = receiver.GetMethod("Invoke")!.GetParameters().Select(parameter => Expression.Parameter(parameter.ParameterType));
        return Expression.Lambda(receiver, Expression.Empty(), parameters).Compile();
    }
}
