package io.qilin.flink;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.data.stream.ClosedWindow;
import io.qilin.data.stream.DeadLetter;
import io.qilin.data.stream.DeadLetterCodec;
import io.qilin.data.stream.PanePart;
import io.qilin.data.stream.PanePartCodec;
import io.qilin.data.stream.WindowCodec;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** The forms of all values in a job, none of which goes through Kryo or reflection. */
final class Forms {
  static final Form<SourceMessage> MESSAGE =
      Form.immutable("source-message", SourceMessage.class, new SourceMessageCodec());
  static final Form<PanePart> PANE =
      Form.immutable("pane-part", PanePart.class, new PanePartCodec());
  static final Form<ClosedWindow> WINDOW =
      Form.immutable("closed-window", ClosedWindow.class, new WindowCodec());
  static final Form<DeadLetter> LETTER =
      Form.immutable("dead-letter", DeadLetter.class, new DeadLetterCodec());
  static final Form<FactorRow> ROW =
      Form.immutable("factor-row", FactorRow.class, new FactorRowCodec());
  static final Form<InstrumentState> INSTRUMENT = new Form<>(
      "instrument-state",
      InstrumentState.class,
      new InstrumentStateCodec(),
      false,
      state -> InstrumentState.of(state.bytes()));

  private static final List<Form<?>> ALL = List.of(MESSAGE, PANE, WINDOW, LETTER, ROW, INSTRUMENT);

  private Forms() {}

  static <T> TypeInformation<T> type(Form<T> form) {
    return new FormType<>(form.name(), form.type());
  }

  static Form<?> named(String name) {
    for (Form<?> form : ALL) {
      if (form.name().equals(name)) {
        return form;
      }
    }
    throw new QilinException(
        ErrorCode.STORE_VERSION,
        "this version of qilin-flink knows no values of the form " + QilinException.quote(name)
            + "; read the savepoint with the version that wrote it");
  }

  /** The form of a name, for a type that is known to be its. */
  @SuppressWarnings("unchecked")
  static <T> Form<T> of(String name) {
    return (Form<T>) named(name);
  }
}
