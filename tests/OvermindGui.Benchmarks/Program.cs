using OvermindGui.Benchmarks;

if (args is ["pictures"])
{
    await ReadmePictures.TakeAsync();
    return;
}

if (args is ["states", var target, .. var states])
{
    await StatePictures.TakeAsync(target, states is [] ? null : states[0]);
    return;
}

if (args is ["parser", var folder, var number])
{
    ParserBenchmark.RunOne(folder, int.Parse(number, System.Globalization.CultureInfo.InvariantCulture));
    return;
}

// Whole-process figures of the published executable, printed as they are. Build it first: ./run build
Console.WriteLine($"{Environment.ProcessorCount} cores, {System.Runtime.InteropServices.RuntimeInformation.OSDescription}");
Console.WriteLine($"executable: {Product.Executable}");
if (args is [] or ["burst"])
{
    await IngestBenchmark.RunAsync(processes: 1, linesEach: 200_000);
    await IngestBenchmark.RunAsync(processes: 8, linesEach: 25_000);
    await IngestBenchmark.RunMemoryAsync(processes: 1, linesEach: 200_000);
}

if (args is ["burst", "memory"]) await IngestBenchmark.RunMemoryAsync(processes: 1, linesEach: 200_000);
if (args is ["burst", "small"]) // for CI: it fails when a line is lost
{
    await IngestBenchmark.RunAsync(processes: 1, linesEach: 20_000, rounds: 2);
    await IngestBenchmark.RunAsync(processes: 8, linesEach: 2_500, rounds: 2);
}

if (args is [] or ["parser"]) ParserBenchmark.Run();
if (args is [] or ["levels"]) LevelBenchmark.Run();
if (args is [] or ["failures"]) FailureBenchmark.Run();
if (args is [] or ["errors"]) ErrorBenchmark.Run();
if (args is [] or ["store"]) StoreBenchmark.Run();
if (args is [] or ["start"]) await StartBenchmark.RunAsync();
if (args is [] or ["latency"])
{
    await LatencyBenchmark.RunAsync(linesPerSecond: 20, lines: 400);
    await LatencyBenchmark.RunAsync(linesPerSecond: 1000, lines: 20_000);
}

if (args is [] or ["echo"]) await EchoBenchmark.RunAsync(keys: 300);
if (args is [] or ["search"] or ["search", "small"]) SearchBenchmark.Run(lines: 10_000);
if (args is [] or ["search"] or ["search", "large"]) SearchBenchmark.Run(lines: 1_000_000);
if (args is ["search", "huge"]) SearchBenchmark.Run(lines: 10_000_000);
if (args is [] or ["page"])
{
    await PageBenchmark.RunAsync(linesPerSecond: 200);
    await PageBenchmark.RunAsync(linesPerSecond: 2000);
}

// hub [SECONDS] [DAEMONS…]
if (args is ["hub", .. var given])
{
    var numbers = given.Select(text => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture)).ToList();
    await HubBenchmark.RunAsync(numbers is [var seconds, ..] ? seconds : 120, numbers.Count > 1 ? numbers[1..] : [1, 10, 50]);
}

if (args is [] or ["resources"]) ResourceBenchmark.Run();
if (args is [] or ["growth"]) await GrowthBenchmark.RunAsync(lines: 1_000_000);
if (args is ["growth", "huge"]) await GrowthBenchmark.RunAsync(lines: 10_000_000);
if (args is ["growth", "small"]) await GrowthBenchmark.RunAsync(lines: 100_000);
if (args is [] or ["idle"]) await IdleBenchmark.RunAsync();
