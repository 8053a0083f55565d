import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Locale;
import magnesia.Answer;
import magnesia.Assessment;
import magnesia.Checker;
import magnesia.Format;
import magnesia.Knowledge;
import magnesia.MagnesiaException;
import magnesia.Policy;

/** Answers the jobs of conformance_check.py through Java. */
class Run {
  private static String line(DataInputStream in) throws IOException {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) return null;
      read.write(c);
    }
    return read.toString(StandardCharsets.UTF_8);
  }

  private static Answer answer(Checker checker, String call, byte[] text) throws MagnesiaException {
    return switch (call) {
      case "assess" -> checker.assess(text);
      case "plan" -> checker.plan(text);
      default -> checker.elemental(text);
    };
  }

  public static void main(String[] arguments) throws Exception {
    Knowledge knowledge = Knowledge.load();
    DataInputStream jobs = new DataInputStream(new BufferedInputStream(System.in));
    PrintStream answers = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    for (String head = line(jobs); head != null; head = line(jobs)) {
      String[] words = head.split(" ");
      byte[] text = new byte[Integer.parseInt(words[6])];
      jobs.readFully(text);
      jobs.read();
      LocalDate day = words[3].equals("-") ? null : LocalDate.parse(words[3]);
      String status = "ok";
      String verdict = "- - - -";
      byte[] out;
      try {
        Checker checker = new Checker(knowledge, new Policy(words[2], day, words[4].equals("1"), words[5].equals("1")));
        Answer answer = answer(checker, words[0], text);
        if (answer instanceof Assessment one) {
          verdict = one.atLeast() + " " + one.atMost() + (one.decided() ? " 1" : " 0") + (one.clearance().isPresent() ? " 1" : " 0");
        }
        out = answer.write(Format.valueOf(words[1].toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException unknown) {  // Java has no way to ask for a format that there is not
        status = "bad-argument";
        out = new byte[0];
      } catch (MagnesiaException error) {
        status = error.status();
        out = error.document().orElse("").getBytes(StandardCharsets.UTF_8);
      }
      answers.print(status + " " + verdict + " " + out.length + "\n");
      answers.write(out);
      answers.write('\n');
    }
    answers.flush();
  }
}
