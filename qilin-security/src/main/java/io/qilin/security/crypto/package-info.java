/**
 * Keys, their states and strength, and what is done with them: start with {@link io.qilin.security.crypto.KeyRing} and {@link
 * io.qilin.security.crypto.FieldCipher}.
 */
@NullMarked
package io.qilin.security.crypto;

import org.jspecify.annotations.NullMarked;
