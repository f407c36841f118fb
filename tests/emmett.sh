#!/bin/bash
# Runs test source that `eventloupe example --format emmett` writes, under node, with Emmett from npm:
# checked by the TypeScript compiler, passing against a decider that agrees with the log, failing
# against one that does not. Usage: tests/emmett.sh PROGRAM; exit 77 where it cannot be run.
set -eu
program=$1
skip() { echo "skipped: $1"; exit 77; }
command -v node >/dev/null || skip "node is not installed"
command -v npm >/dev/null || skip "npm is not installed"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat > package.json <<'EOF'
{"name": "emmett-test", "private": true, "type": "module"}
EOF
npm install --silent --no-audit --no-fund @event-driven-io/emmett@0.42.0 typescript@5 @types/node@20 \
    > npm.log 2>&1 || { tail -3 npm.log; skip "the npm registry cannot be reached"; }

# A cart's life, the hard texts included.
export EVENTLOUPE_ACTOR=ada
"$program" init shop --template shop > /dev/null
cart=018e4c2a-7b1d-7c3e-9f00-2f6f1b1c0a01
issue() { "$program" command shop "$@" > /dev/null; }
issue OPEN_CART cartId=$cart currency=EUR
issue ADD_ITEM --data '{"cartId":"'$cart'","sku":"TEA-1","title":"\"`${1}\\\u2028\u202e*/ \ud83d\ude00","qty":2,"unitPrice":4.5}'
issue ADD_ITEM cartId=$cart sku=TEA-2 title=Tea qty=1 unitPrice=3
issue CHANGE_QUANTITY cartId=$cart sku=TEA-1 qty=7
issue REMOVE_ITEM cartId=$cart sku=TEA-2

cat > cart.ts <<'EOF'
import type { Command, Event } from '@event-driven-io/emmett';

type Item = { sku: string; title: string; qty: number; unitPrice: number };
export type CartEvent =
  | Event<'CART_OPENED', { currency: string; gift: boolean }>
  | Event<'ITEM_ADDED', Item>
  | Event<'QUANTITY_CHANGED', { sku: string; qty: number; before: number }>
  | Event<'ITEM_REMOVED', { sku: string }>;
export type CartCommand =
  | Command<'OPEN_CART', { cartId: string; currency: string; gift?: boolean }>
  | Command<'ADD_ITEM', Item & { cartId: string }>
  | Command<'CHANGE_QUANTITY', { cartId: string; sku: string; qty: number }>
  | Command<'REMOVE_ITEM', { cartId: string; sku: string }>;
type Cart = Record<string, number>;

export const initialState = (): Cart => ({});

export const evolve = (state: Cart, event: CartEvent): Cart => {
  switch (event.type) {
    case 'ITEM_ADDED':
    case 'QUANTITY_CHANGED':
      return { ...state, [event.data.sku]: event.data.qty };
    default:
      return state;
  }
};

export const decide = ({ type, data }: CartCommand, state: Cart): CartEvent => {
  switch (type) {
    case 'OPEN_CART':
      return { type: 'CART_OPENED', data: { currency: data.currency, gift: data.gift ?? false } };
    case 'ADD_ITEM': {
      const { cartId: _, ...item } = data;
      return { type: 'ITEM_ADDED', data: item };
    }
    case 'CHANGE_QUANTITY':
      return {
        type: 'QUANTITY_CHANGED',
        data: { sku: data.sku, qty: data.qty, before: state[data.sku] ?? 0 },
      };
    case 'REMOVE_ITEM':
      return { type: 'ITEM_REMOVED', data: { sku: data.sku } };
  }
};
EOF

for position in 1 2 3 4 5; do
    "$program" example shop $position --format emmett -o event$position.test.ts > /dev/null 2>&1
done
"$program" example shop 4 --format emmett --shrink -o short.test.ts > /dev/null 2>&1
[ "$(grep -c ITEM_ADDED short.test.ts)" = 1 ] || { echo "the history was not cut"; cat short.test.ts; exit 1; }

compile() {
    # Emmett's tests import without a suffix, as bundlers resolve it.
    sed -i "s|from './cart'|from './cart.js'|" ./*.test.ts
    node_modules/.bin/tsc --strict --noUnusedLocals --module nodenext --moduleResolution nodenext \
        --target es2022 --skipLibCheck --types node --outDir out ./*.ts \
        || { echo "the compiler refuses it"; exit 1; }
}
compile
node --test out/ > pass.log 2>&1 || { cat pass.log; echo "a test fails"; exit 1; }
grep -q '^# pass [6-9]\|^ℹ pass [6-9]' pass.log || { cat pass.log; echo "not all tests ran"; exit 1; }

# A decider that forgets what was there before does not pass.
sed -i 's/before: state\[data.sku\] ?? 0/before: 0/' cart.ts
compile
if node --test out/ > fail.log 2>&1; then cat fail.log; echo "a wrong decider passes"; exit 1; fi
echo "ok: $(grep -h 'pass [0-9]' pass.log)"
