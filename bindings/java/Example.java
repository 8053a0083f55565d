import java.nio.file.Files;
import java.nio.file.Path;
import magnesia.Checker;
import magnesia.Format;
import magnesia.MagnesiaException;

/** Checks one person from Java: Example [FILE] */
class Example {
  public static void main(String[] arguments) throws Exception {
    try {
      var checker = new Checker();  // one for the whole program, for all its threads
      var request = Files.readAllBytes(Path.of(arguments.length > 0 ? arguments[0] : "examples/people/ann.json"));
      var answer = checker.assess(request);
      System.out.println(answer.atLeast() + " to " + answer.atMost());
      System.out.writeBytes(answer.write(Format.TEXT));
    } catch (MagnesiaException error) {
      System.err.println(error.getMessage());
      System.exit(1);
    }
  }
}
