import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import magnesia.Answer;
import magnesia.Checker;
import magnesia.Format;
import magnesia.Knowledge;
import magnesia.Magnesia;
import magnesia.MagnesiaException;
import magnesia.Pack;
import magnesia.Policy;
import magnesia.Severity;

/** What is particular to Java. That the answers are those of C++ is shown by tests/conformance. Check ROOT */
class Check {
  private static final String OVERLAY =
      "{\"magnesia\": \"pack/1\", \"id\": \"our-hospital\", \"version\": \"1.0.0\", \"date\": \"2026-11-25\", \"documents\": []}";

  private static int faults = 0;

  private static void expect(String what, Object found, Object expected) {
    if (!found.equals(expected)) {
      System.err.println(what + ": found " + found + ", expected " + expected);
      ++faults;
    }
  }

  private static Exception thrown(String what, Callable<?> call) {
    try {
      Object got = call.call();
      System.err.println(what + ": found " + got + ", expected an exception");
      ++faults;
      return new Exception();
    } catch (Exception exception) {
      return exception;
    }
  }

  private static MagnesiaException refused(String what, String status, Callable<?> call) throws Exception {
    Exception exception = thrown(what, call);
    expect(what, exception.getClass(), MagnesiaException.class);
    expect(what, ((MagnesiaException) exception).status(), status);
    return (MagnesiaException) exception;
  }

  public static void main(String[] arguments) throws Exception {
    Path root = Path.of(arguments[0]);
    String ann = Files.readString(root.resolve("examples/people/ann.json"));
    Checker checker = new Checker();

    var answer = checker.assess(ann);
    expect("at least", answer.atLeast(), Severity.MAJOR);
    expect("at most", answer.atMost(), Severity.CONTRAINDICATED);
    expect("decided", answer.decided(), false);
    expect("clearance", answer.clearance().isPresent(), false);
    expect("bytes are the same", checker.assess(ann.getBytes(StandardCharsets.UTF_8)).to(Format.JSON), answer.to(Format.JSON));
    expect("version", Magnesia.version().matches("\\d+\\.\\d+\\.\\d+"), true);

    MagnesiaException error = refused("two faults", "bad-input",
        () -> checker.assess("{\"magnesia\": \"request/1\", \"patient\": {\"condtions\": [], \"sexx\": 1}}"));
    expect("a line each", error.getMessage().lines().count(), 2L);
    expect("as a document", error.document().orElse("").contains("\"path\":\"/patient/sexx\""), true);
    error = refused("no picture", "bad-argument", () -> answer.write(Format.SVG));
    expect("nothing more to say", error.document().isPresent(), false);

    String drug = "ä€\uD83D\uDE00 a\\u0000b";
    String told = checker.assess("{\"magnesia\": \"request/1\", \"patient\": {}, \"medications\": [{\"drug\": \"" + drug + "\"}]}").to(Format.JSON);
    expect("text is not changed on its way", told.contains(drug), true);
    expect("half a surrogate pair", thrown("half a surrogate pair", () -> checker.elemental("\uD83D")).getClass(), IllegalArgumentException.class);
    expect("null", thrown("null", () -> checker.assess((byte[]) null)).getClass(), NullPointerException.class);
    refused("a NUL and no JSON", "bad-input", () -> checker.assess("{\0"));

    for (Pack base : List.of(Pack.embedded(), Pack.path(root.resolve("knowledge")))) {
      var own = new Checker(Knowledge.load(base, Pack.text("hospital", OVERLAY)),
          new Policy().withAuthority("uk-evm").withAsOf(LocalDate.of(2026, 12, 1)));
      System.gc();
      expect("overlay", own.assess(ann).to(Format.JSON).contains("our-hospital 1.0.0"), true);
      expect("calendar", own.plan(ann).to(Format.ICS).contains("DTSTART:20261201T"), true);
    }
    refused("no such file", "bad-knowledge", () -> Knowledge.load(Pack.path(Path.of("no such file"))));
    refused("no such authority", "bad-input", () -> new Checker(null, new Policy().withAuthority("who")));
    refused("a day that cannot be printed", "bad-argument", () -> new Checker(null, new Policy().withAsOf(LocalDate.of(12345, 1, 1))));

    // An answer outlives its checker, while what nobody can reach is freed.
    String expected = answer.to(Format.TEXT);
    List<Answer> kept = new ArrayList<>();
    Knowledge knowledge = Knowledge.load();
    for (int i = 0; i < 300; ++i) {
      Answer one = new Checker(knowledge, new Policy()).assess(ann);
      if (i % 100 == 0) kept.add(one);
      if (i % 50 == 0) System.gc();
    }
    System.gc();
    for (Answer one : kept) expect("kept", one.to(Format.TEXT), expected);

    // Threads share a checker.
    var pool = Executors.newFixedThreadPool(4);
    List<Future<String>> all = new ArrayList<>();
    for (int i = 0; i < 200; ++i) all.add(pool.submit(() -> checker.assess(ann).to(Format.TEXT)));
    for (var one : all) expect("of a thread", one.get(), expected);
    pool.shutdown();
    System.exit(faults == 0 ? 0 : 1);
  }
}
