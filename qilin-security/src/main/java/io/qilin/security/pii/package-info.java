/** Personal data in texts and records: found, then masked, encrypted or dropped. Start with {@link io.qilin.security.pii.PiiRedactor}. */
@NullMarked
package io.qilin.security.pii;

import org.jspecify.annotations.NullMarked;
