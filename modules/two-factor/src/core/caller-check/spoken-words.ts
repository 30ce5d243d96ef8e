import { randomInt } from 'node:crypto';

/** How many words a check has. */
const COUNT = 3;

/**
 * English words that are easy to say and hard to mix up on the phone: any two differ in at least three letters, and in
 * their first four.
 */
export const spokenWords: readonly string[] = `
  acorn admiral airport almond amber anchor antelope apple apricot arrow artist attic autumn
  avenue balcony ballet bamboo banana banjo beaver bicycle biscuit blanket blossom bonfire bottle
  boulder bracelet bridge broccoli bucket buffalo butter cabbage cactus camel candle canyon
  captain caravan cardinal carpet cathedral cavern cello chapter cherry chicken chimney chocolate
  cinema circus clarinet clover coconut coffee compass copper coral cottage cousin crocodile
  crystal cucumber daffodil dancer desert diamond doctor dolphin domino donkey dragon drummer
  eagle echo elephant emerald engine evening fabric factory feather festival fiddle finger
  flamingo florist fountain gallery garden garlic gazelle geranium giraffe glacier gorilla granite
  gravel guitar hamster harvest hedgehog helmet hickory horizon hotel hurricane iceberg igloo
  indigo island ivory jaguar jasmine jigsaw juggler juniper kangaroo kayak keyboard kingdom
  kitchen kiwi knuckle ladder lagoon lantern lavender lemon leopard library lizard lobster magnet
  magpie mandolin marble meadow mermaid midnight mineral mirror mitten monsoon muffin museum
  mushroom mustard napkin nectar needle nephew nickel nugget nutmeg oasis oatmeal olive omelette
  opera orange orchard ostrich oxygen palace pancake panther paper parachute peanut pebble pelican
  pencil penguin piano pigeon pillow pineapple pirate plumber poppy porcupine potato powder
  pretzel princess pudding pumpkin puppet puzzle pyramid quarry rabbit radar radish rainbow ribbon
  rosemary saffron sailor salad sandal sapphire scissors scooter seagull shepherd silver skeleton
  sofa spaghetti spider spinach squirrel stadium sugar sunflower swallow sweater tapestry teapot
  telescope temple tennis thimble thunder tornado tractor treasure trumpet tulip tunnel turkey
  turtle twilight umbrella unicorn uncle vanilla village vinegar violet volcano voyage waffle
  walnut weasel whisker window wombat yacht yogurt zebra zeppelin zigzag
`
  .trim()
  .split(/\s+/);

/**
 * Returns three different words. There are 256 · 255 · 254 combinations, about 24 bits. The words are no secret: they only
 * show that agent and customer look at the same check, and nobody can enter them. A false agent has one guess, aloud.
 * NIST SP 800-63B-4 §3.1.3.2 asks for 20 bits where a person compares or types such a value.
 */
export function threeWords(): string {
  const chosen = new Set<string>();
  while (chosen.size < COUNT) chosen.add(spokenWords[randomInt(spokenWords.length)] ?? '');
  return [...chosen].join(' ');
}
