import { storeContract } from '../../testing/store-contract.js';
import { mariadb, onEach, pipelined, postgres, sqlite, type Scratch } from '../scratch.fixture.js';
import { TypeOrmStores } from './typeorm.stores.js';

onEach([sqlite, postgres, pipelined, mariadb], (database) => {
  let scratch: Scratch;

  beforeAll(async () => {
    scratch = await database.scratch();
    await scratch.dataSource.runMigrations();
  });

  afterAll(async () => {
    await scratch.drop();
  });

  storeContract(database.name, () => new TypeOrmStores(scratch.dataSource));
});
