package io.qilin.ops.config;

import java.util.Iterator;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** What the parser of YAML finds, one thing after another, as far as the reader asks; each with its place, and so each fault. */
final class YamlEvents {
  private final SourceText source;
  private final StreamReader characters;
  private final Iterator<Event> parser;

  /** Malformed if the text has characters that YAML does not. */
  YamlEvents(SourceText source) {
    this.source = source;
    LoadSettings settings = LoadSettings.builder()
        .setLabel("yaml")
        .setUseMarks(true)
        .setCodePointLimit(Integer.MAX_VALUE)
        .build();
    this.characters = new StreamReader(settings, source.text());
    this.parser = new ParserImpl(settings, characters);
    printable(source);
  }

  private static void printable(SourceText source) {
    String text = source.text();
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      if (!StreamReader.isPrintable(c)) {
        throw new Malformed(
            source.origin(i),
            "YAML holds no character " + Shown.line(Character.toString(c))
                + "; escape it in double quotes");
      }
      i += Character.charCount(c);
    }
  }

  /** The next; Malformed where the text is no YAML. */
  Event next() {
    try {
      return parser.next();
    } catch (MarkedYamlEngineException e) {
      Optional<Mark> at = e.getProblemMark().or(e::getContextMark);
      throw new Malformed(
          at.map(this::origin).orElseGet(this::scanned),
          "is not YAML: " + Shown.line(e.getProblem().strip()));
    } catch (YamlEngineException e) {
      throw new Malformed(scanned(), "is not YAML: " + Shown.line(String.valueOf(e.getMessage())));
    } catch (NumberFormatException e) {
      // What the scanner throws where an escape in quotes lacks its digits, or has too many.
      throw new Malformed(scanned(), "is not YAML: an escape is not of hexadecimal digits");
    }
  }

  /** Where an event begins. */
  Origin origin(Event event) {
    return event.getStartMark().map(this::origin).orElseGet(this::scanned);
  }

  /** The column in which an event begins, from 0. */
  static int column(Event event) {
    return event.getStartMark().map(Mark::getColumn).orElse(0);
  }

  private Origin origin(Mark mark) {
    return source.origin(mark.getLine() + 1, mark.getColumn() + 1);
  }

  private Origin scanned() {
    return source.origin(characters.getLine() + 1, characters.getColumn() + 1);
  }
}
