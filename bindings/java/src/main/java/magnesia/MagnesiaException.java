package magnesia;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Why there is no answer. The message has a line for each fault: "place: found …, expected …". */
public final class MagnesiaException extends Exception {
  private static final long serialVersionUID = 1;

  private final String status;
  private final String document;

  // Called by the library.
  MagnesiaException(byte[] status, byte[] text, byte[] document) {
    super(text == null ? string(status) : string(text).stripTrailing());
    this.status = string(status);
    this.document = document == null ? null : string(document);
  }

  private static String string(byte[] text) {
    return new String(text, StandardCharsets.UTF_8);
  }

  /** "bad-input", "bad-knowledge", "bad-argument", "out-of-memory" or "fault". */
  public String status() {
    return status;
  }

  /** All faults as JSON (error/1); empty where there is nothing more to say than the status. */
  public Optional<String> document() {
    return Optional.ofNullable(document);
  }
}
