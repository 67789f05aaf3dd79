package io.qilin.data.arrow;

import io.qilin.data.table.TableLimits;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** The messages of a table after its schema, in the order in which they are to be read. */
interface MessageFeed {
  /** The next message; empty at the end. */
  Optional<StoredMessage> next();

  /** Whether a dictionary may come again with other words. */
  boolean allowsReplacement();

  /** The messages of a stream. */
  static MessageFeed stream(ByteSource source, long start, TableLimits limits, Where where) {
    return new MessageFeed() {
      private long position = start;

      @Override
      public Optional<StoredMessage> next() {
        Optional<StoredMessage> message = StoredMessage.at(source, position, limits, where);
        message.ifPresent(read -> position = read.end());
        return message;
      }

      @Override
      public boolean allowsReplacement() {
        return true;
      }
    };
  }

  /** The messages that the footer of a file names, dictionaries first. */
  static MessageFeed file(
      ByteSource source, List<ArrowFooter.Block> blocks, TableLimits limits, Where where) {
    Iterator<ArrowFooter.Block> left = blocks.iterator();
    return new MessageFeed() {
      @Override
      public Optional<StoredMessage> next() {
        return left.hasNext()
            ? Optional.of(left.next().message(source, limits, where))
            : Optional.empty();
      }

      @Override
      public boolean allowsReplacement() {
        return false;
      }
    };
  }
}
